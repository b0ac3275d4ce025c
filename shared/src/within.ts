/** Bounds how long something is waited for. */

/**
 * Settles as `work` does, or after this time (ms) as `late` does, which may throw. The work is not stopped; what it rejects with
 * later is heard by nobody, and harms nothing.
 */
export async function within<Result, Late>(
  work: Promise<Result>,
  ms: number,
  late: () => Late,
): Promise<Result | Late> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    return await Promise.race([work, over.then(late)]);
  } finally {
    clearTimeout(timer);
  }
}
