/** What a bare listener sees of one scan: every state that the server sends, in order. */

import type { Scan } from '@reddyfit/shared/scan/document';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import type { User } from './users.ts';

/** How long a scan may stay unchanged before a listener gives up (ms). */
const QUIET_MS = 90_000;

export interface Observation {
  /** Every snapshot so far. */
  readonly snapshots: readonly Scan[];
  /** Resolves with the first past or future snapshot for which `holds` is true. Rejects when the scan ends without one. */
  until(holds: (scan: Scan) => boolean): Promise<Scan>;
  /** Resolves with the terminal snapshot; rejects when the listener is refused or nothing changes for 90 s. */
  readonly ended: Promise<Scan>;
}

/** Starts to listen, whether the document exists or not. `signal` ends the listening. */
export function observe({ phone }: Pick<User, 'phone'>, scanId: string, signal: AbortSignal): Observation {
  const snapshots: Scan[] = [];
  const watchers = new Set<(scan: Scan) => void>();
  const ended = new Promise<Scan>((resolve, reject) => {
    const settle = (act: () => void) => {
      clearTimeout(quiet);
      stop();
      act();
    };
    const quiet = setTimeout(
      () => settle(() => reject(new Error(`scan ${scanId} has not changed for ${QUIET_MS / 1000} s`))),
      QUIET_MS,
    );
    const stop = phone.listen(
      scanId,
      (scan) => {
        quiet.refresh();
        snapshots.push(scan);
        for (const watcher of watchers) watcher(scan);
        if (isTerminal(scan.status)) settle(() => resolve(scan));
      },
      (error) => settle(() => reject(error)),
    );
    signal.addEventListener('abort', () => settle(() => reject(signal.reason as Error)));
  });
  // A test that looks only at snapshots need not await the end.
  ended.catch(() => undefined);
  return {
    snapshots,
    ended,
    until: (holds) =>
      new Promise((resolve, reject) => {
        const seen = snapshots.find(holds);
        if (seen) return resolve(seen);
        const watcher = (scan: Scan) => {
          if (!holds(scan)) return;
          watchers.delete(watcher);
          resolve(scan);
        };
        watchers.add(watcher);
        ended.then(
          (scan) => reject(new Error(`scan ${scanId} ended as ${scan.status} without what was waited for`)),
          reject,
        );
      }),
  };
}
