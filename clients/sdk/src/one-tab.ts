/** One tab at a time, where the browser has locks; elsewhere a second one does the same work twice, to the same end. */

interface Locks {
  request<T>(name: string, options: { signal: AbortSignal }, work: () => Promise<T>): Promise<T>;
}

/** Works once no other tab holds the lock. A tab that dies lets go of it. */
export function withLock<T>(name: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const { navigator } = globalThis as unknown as { navigator?: { locks?: Locks } };
  return navigator?.locks ? navigator.locks.request(name, { signal }, work) : work();
}
