/** No wait of the bench is without an end, and each end says what was waited for. */

/**
 * What `promise` resolves with. Rejects when it has not settled after this long (ms), with a sentence made of `what`, which may be a function: then
 * it tells how things stand at that moment.
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
