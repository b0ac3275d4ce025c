/** Bounds every wait of the bench; the error of a wait that takes too long says what it waited for. */

/**
 * Resolves with what `promise` resolves with. Rejects when the promise has not settled after `ms` (ms), with a sentence that
 * contains `what`. When `what` is a function, it is called then and describes the state at that moment.
 */
export async function within<Result>(
  what: string | (() => string),
  ms: number,
  promise: Promise<Result>,
): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const said = typeof what === 'string' ? what : what();
    late.reject(new Error(`waited ${(ms / 1000).toFixed(0)} s for ${said}`));
  }, ms);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
