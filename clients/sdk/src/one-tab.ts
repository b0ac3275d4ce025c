/**
 * One at a time: of all tabs where the browser has locks, elsewhere of this process. A second tab without locks does the same work twice, to the
 * same end.
 */

interface Locks {
  request<T>(name: string, options: { signal: AbortSignal }, work: () => Promise<T>): Promise<T>;
}

/** Lock → the end of the work that holds it, or that waits for it last. */
const held = new Map<string, Promise<unknown>>();

/** Works once nobody else holds the lock. A tab that dies lets go of it. */
export function withLock<T>(name: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const { navigator } = globalThis as unknown as { navigator?: { locks?: Locks } };
  return navigator?.locks ? navigator.locks.request(name, { signal }, work) : inTurn(name, work);
}

function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const before = held.get(name) ?? Promise.resolve();
  const mine = before.then(work, work);
  const end = mine
    .catch(() => undefined)
    .then(() => {
      if (held.get(name) === end) held.delete(name);
    });
  held.set(name, end);
  return mine;
}
