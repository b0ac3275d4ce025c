/** Follows a scan to its end, for programs that await its result. */

import type { Scan, ScanSnapshot, ScanWatch } from '@reddyfit/client';

export interface FollowOptions {
  /** Called with each state of the document, in order. */
  readonly onChange?: (scan: Scan) => void;
  /** Called with each state of the watch, also before there is a document. */
  readonly onSnapshot?: (snapshot: ScanSnapshot) => void;
  /** The longest time without a change of the document (ms). */
  readonly quietMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Resolves with the final document, and closes the watch. Rejects with the ReddyFitError of a scan that could not be
 * started or read, with an Error when the document does not change for `quietMs`, and with the signal's reason.
 */
export async function followScan(
  watch: ScanWatch,
  { onChange, onSnapshot, quietMs, signal }: FollowOptions,
): Promise<Scan> {
  const over = new AbortController();
  const silent = new Promise<never>((_, reject) => {
    const quiet = setTimeout(
      () => reject(new Error(`the scan has not changed for ${quietMs / 60_000} min`)),
      quietMs,
    );
    let shown: Scan | null = null;
    const stop = watch.subscribe(() => {
      const snapshot = watch.getSnapshot();
      onSnapshot?.(snapshot);
      const { scan } = snapshot;
      if (scan === shown || scan === null) return;
      shown = scan;
      quiet.refresh();
      onChange?.(scan);
    });
    const abort = () => reject(signal!.reason as Error);
    signal?.addEventListener('abort', abort);
    if (signal?.aborted) abort();
    over.signal.addEventListener('abort', () => {
      clearTimeout(quiet);
      stop();
      signal?.removeEventListener('abort', abort);
    });
  });
  try {
    return await Promise.race([watch.finished(), silent]);
  } finally {
    over.abort();
    watch.close();
  }
}
