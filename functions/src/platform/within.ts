/** Bounds how long something is waited for. */

/**
 * Settles as `work` does, or rejects with `late` after this time (ms). The work is not stopped; what it rejects with later is heard
 * by nobody, and harms nothing.
 */
export async function within<Result>(ms: number, work: Promise<Result>, late: Error): Promise<Result> {
  const over = Promise.withResolvers<never>();
  const timer = setTimeout(() => over.reject(late), ms);
  try {
    return await Promise.race([work, over.promise]);
  } finally {
    clearTimeout(timer);
  }
}
