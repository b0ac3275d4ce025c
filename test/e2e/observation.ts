/** What a listener of the client SDK sees of one scan: every snapshot, in order. */

import type { Scan } from '@reddyfit/shared/scan/document';
import type { User } from './users.ts';

/** Longest silence before a listener gives up (ms). */
const QUIET_MS = 90_000;

export interface Observation {
  /** Every snapshot so far. */
  readonly snapshots: readonly Scan[];
  /** Resolves with the first snapshot for which `holds`, be it past or to come. Rejects when the scan ends without it. */
  until(holds: (scan: Scan) => boolean): Promise<Scan>;
  /** Resolves with the terminal snapshot; rejects when the listener is refused or nothing changes for 90 s. */
  readonly ended: Promise<Scan>;
}

/** Begins to listen, whether the document exists or not; `signal` ends it. */
export function observe({ phone }: Pick<User, 'phone'>, scanId: string, signal: AbortSignal): Observation {
  const snapshots: Scan[] = [];
  const watchers = new Set<(scan: Scan) => void>();
  const ended = phone.follow(scanId, {
    onChange: (scan) => {
      snapshots.push(scan);
      for (const watcher of watchers) watcher(scan);
    },
    quietMs: QUIET_MS,
    signal,
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
