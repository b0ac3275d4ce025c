/** The limits on the processes that examine photos, and on what a photo may take of them. */

import { availableParallelism } from 'node:os';

export interface ExaminerLimits {
  /**
   * The most processes at once; each holds its own copy of the networks. One always runs, and the others run while
   * photos wait.
   */
  readonly processes: number;
  /**
   * Once photos have waited for this long (ms), another process is started. The four photos of one scan take less than
   * half of that.
   */
  readonly patienceMs: number;
  /**
   * Whether there is a core for another process. Without one, another process would take time and memory from the one
   * that works, so it is started only once no photo has been finished for `patienceMs`.
   */
  readonly spareCore: boolean;
  /** A process other than the last is ended when it has had no photo for this long (ms). */
  readonly idleMs: number;
  /** Most time from the file to its pixels (ms): a photo of 12 megapixels takes 60 ms, a HEIC 2 s. */
  readonly decodeMs: number;
  /** Most time for a look, and for an outline (ms): both together take 300 ms. */
  readonly examineMs: number;
  /** When every process has had its photo for this long (ms) without an answer, the worker is not ready. */
  readonly slowMs: number;
  /** How long a process may go on with a photo that is no longer wanted (ms), before the process is ended. */
  readonly abortMs: number;
  /**
   * Up to this many figures kept by a process, looks come before outlines: a verdict waits for four looks, and an outline has as
   * long as the model takes to answer. A figure takes 5.8 MB (see examine-photo.ts). These are the figures of two scans.
   */
  readonly figures: number;
}

export const LIMITS: ExaminerLimits = {
  processes: 2,
  patienceMs: 2500,
  // One core for the worker itself, and one for the first process.
  spareCore: availableParallelism() > 2,
  idleMs: 60_000,
  decodeMs: 20_000,
  examineMs: 40_000,
  slowMs: 15_000,
  abortMs: 5000,
  figures: 8,
};
