/** Counts Temporal's actions and Firestore's documents of single scans of one stack. Counts do not depend on the load. */

import { setTimeout as wait } from 'node:timers/promises';
import type { Angle } from '@reddyfit/shared/scan/photos';
import { median } from '../statistics.ts';
import { countDocuments } from './count-firestore.ts';
import type { Sender } from './scans.ts';
import type { BenchStack } from './stack.ts';

/** How long to wait for what follows a scan's end (push, memory, events), which is part of its cost (ms). */
const AFTERMATH_MS = 3000;

/** A scan's actions in its history, and the heartbeats that its worker sent meanwhile, which are actions, too. */
export interface CountedActions {
  readonly actions: number;
  readonly heartbeats: number;
}

/** Runs scans one after another, of which nothing but Temporal's actions is counted: none is there to warm the worker up. */
export async function countActions(
  sender: Sender,
  photos: Record<Angle, Buffer>,
  scans: number,
): Promise<CountedActions[]> {
  const counted: CountedActions[] = [];
  const uid = await sender.settle(0);
  for (let scan = 0; scan < scans; scan++) {
    // oxlint-disable-next-line no-await-in-loop -- one after another, so that the heartbeats of each are counted
    const before = await sender.heartbeats();
    // oxlint-disable-next-line no-await-in-loop
    const { scanId } = await sender.scan(uid, photos);
    // oxlint-disable-next-line no-await-in-loop
    await wait(AFTERMATH_MS);
    // oxlint-disable-next-line no-await-in-loop
    const [after, { actions }] = await Promise.all([sender.heartbeats(), sender.actions(scanId)]);
    counted.push({ actions, heartbeats: after - before });
  }
  return counted;
}

/**
 * Runs scans one after another for a user without earlier scans. Resolves with lines: each scan's actions by kind, the
 * documents that the worker has read and written, and the medians. Heartbeats are no part of the history.
 */
export async function countScans(
  bench: BenchStack,
  sender: Sender,
  photos: Record<Angle, Buffer>,
  scans: number,
): Promise<string[]> {
  const counted: (Record<'actions' | 'heartbeats' | 'reads' | 'writes', number> & { kinds: string })[] = [];
  const documents = await countDocuments(bench);
  try {
    for (let scan = 0; scan < scans; scan++) {
      // oxlint-disable-next-line no-await-in-loop -- one after another, so that the documents of each are counted
      const uid = await sender.settle(0);
      // oxlint-disable-next-line no-await-in-loop
      const [before, beats] = [await documents.read(), await sender.heartbeats()];
      // oxlint-disable-next-line no-await-in-loop
      const { scanId } = await sender.scan(uid, photos);
      // oxlint-disable-next-line no-await-in-loop
      await wait(AFTERMATH_MS);
      // oxlint-disable-next-line no-await-in-loop
      const [after, beatsAfter] = [await documents.read(), await sender.heartbeats()];
      // oxlint-disable-next-line no-await-in-loop
      const { actions, kinds } = await sender.actions(scanId);
      counted.push({
        actions,
        heartbeats: beatsAfter - beats,
        reads: after.reads - before.reads,
        writes: after.writes - before.writes,
        kinds: Object.entries(kinds)
          .map(([kind, count]) => (count === 1 ? kind : `${count} ${kind}`))
          .join(', '),
      });
    }
  } finally {
    await documents.close();
  }
  const told = (what: 'actions' | 'heartbeats' | 'reads' | 'writes') => {
    const values = counted.map((each) => each[what]);
    const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
    return `${what}: median ${median(values)}, mean ${mean.toFixed(2)}, ${Math.min(...values)}–${Math.max(...values)}`;
  };
  return [
    ...counted.map(
      ({ actions, heartbeats, reads, writes, kinds }) =>
        `${actions} actions (${kinds}), ${heartbeats} heartbeats, ${reads} reads, ${writes} writes`,
    ),
    '',
    told('actions'),
    told('heartbeats'),
    told('reads'),
    told('writes'),
  ];
}
