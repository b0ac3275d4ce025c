/** Scan documents in Firestore. */

import { paths } from '@reddyfit/shared/paths';
import type { Scan } from '@reddyfit/shared/scans';
import { isTerminal } from '@reddyfit/shared/statuses';
import { stepRecords } from '@reddyfit/shared/step-audit';
import { type Firestore, Timestamp } from 'firebase-admin/firestore';
import type { EarlierScan, ScanStore, ScanUpdate, StepChange } from '../ports.ts';
import { appendWith } from './firestore-audit.ts';
import { commitOptimistically, unchanged } from './optimistic-commit.ts';

/** Earlier scans read for one comparison: a year of daily scans. */
const MAX_EARLIER_SCANS = 400;

const toTimestamp = (iso: string) => Timestamp.fromDate(new Date(iso));

/** One step as the document keeps it. */
function stepFields({ startedAt, completedAt, nextRetryAt, ...step }: StepChange) {
  return {
    ...step,
    ...(startedAt && { startedAt: toTimestamp(startedAt) }),
    ...(completedAt && { completedAt: toTimestamp(completedAt) }),
    ...(nextRetryAt && { nextRetryAt: toTimestamp(nextRetryAt) }),
  };
}

/** The update as field paths, so that parts of `results` written before stay. */
function fields(update: ScanUpdate) {
  const { scanId: _, steps, results, updatedAt, completedAt, ...plain } = update;
  return {
    ...plain,
    steps: Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, stepFields(step)])),
    ...Object.fromEntries(Object.entries(results).map(([part, value]) => [`results.${part}`, value])),
    updatedAt: toTimestamp(updatedAt),
    ...(completedAt && { completedAt: toTimestamp(completedAt) }),
  };
}

/**
 * Scans in `db`. A write looks at `rev` and status first, so it is safe to repeat and to come late; the outcomes of steps that it
 * brings go into the scan's audit chain with it.
 */
export function firestoreScans(db: Firestore): ScanStore {
  return {
    apply: (update) =>
      commitOptimistically(db, async (batch) => {
        const [scan, head] = await db.getAll(
          db.doc(paths.scan(update.scanId)),
          db.doc(paths.auditLog(update.scanId)),
        );
        const current = scan!.data() as Scan | undefined;
        if (!current) return 'missing';
        if (isTerminal(current.status) || (current.rev ?? 0) >= update.rev) return 'stale';
        batch.update(scan!.ref, fields(update), unchanged(scan!));
        const who = { at: update.updatedAt, actor: `workflow:${update.workflow.id}` };
        appendWith(db, batch, head!, stepRecords(current.steps, update.steps, who));
        return 'applied';
      }),

    async earlier(uid, since, before) {
      const snapshot = await db
        .collection(paths.scans())
        .where('userId', '==', uid)
        .where('status', '==', 'completed')
        .where('createdAt', '>=', Timestamp.fromDate(since))
        .where('createdAt', '<', Timestamp.fromDate(before))
        .orderBy('createdAt', 'desc')
        .select('createdAt', 'weightLb', 'results.estimation')
        .limit(MAX_EARLIER_SCANS)
        .get();
      return snapshot.docs.flatMap((document): EarlierScan[] => {
        const { createdAt, weightLb, results } = document.data() as Pick<
          Scan,
          'createdAt' | 'weightLb' | 'results'
        >;
        const estimation = results?.estimation;
        if (!estimation) return [];
        return [{ scanId: document.id, createdAt: new Date(createdAt.toMillis()), weightLb, estimation }];
      });
    },
  };
}
