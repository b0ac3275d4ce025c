/**
 * Runs work one at a time: across all tabs where the browser has the Web Locks API, elsewhere within this process only.
 * Without that API a second tab repeats the same work, with the same result.
 */

interface Locks {
  request<T>(name: string, options: { signal: AbortSignal }, work: () => Promise<T>): Promise<T>;
}

/** Lock name → a promise that settles when the last work in its queue ends. */
const held = new Map<string, Promise<unknown>>();

/** Runs `work` once nobody else holds the lock. A tab that is closed or crashes releases it. */
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
