/** Waiting for work no longer than some time. */

/** What `within` resolves with when the work was late. */
export const LATE = Symbol('late');

/** Settles as `work` does, or resolves with LATE after this time (ms); `work` may then still go on. */
export async function within<Result>(work: Promise<Result>, ms: number): Promise<Result | typeof LATE> {
  const late = Promise.withResolvers<typeof LATE>();
  const timer = setTimeout(() => late.resolve(LATE), ms);
  // What fails later than that fails unheard.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
