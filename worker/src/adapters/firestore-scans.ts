/** Scan documents in Firestore. */

import { paths } from '@reddyfit/shared/paths';
import type { Scan, ScanStep } from '@reddyfit/shared/scans';
import { isTerminal } from '@reddyfit/shared/statuses';
import { FieldValue, type Firestore, Timestamp } from 'firebase-admin/firestore';
import type { EarlierScan, ScanStore, ScanUpdate, StepChange, StepUpdate } from '../ports.ts';

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

/** Whether a change of a step that runs again comes after what the document says of it: a later run, or later in the same. */
function follows(change: StepUpdate['change'], current: ScanStep): boolean {
  if (current.state === 'completed') return false;
  const runs = Date.parse(change.startedAt) - (current.startedAt?.toMillis() ?? 0);
  return runs > 0 || (runs === 0 && orderOf(change) > orderOf(current));
}

/** Where a state stands in its run: an attempt runs, may be waited for again, and the last one ends. */
function orderOf({ state, attempt }: Pick<ScanStep, 'state' | 'attempt'>): number {
  if (state === 'completed' || state === 'failed') return Infinity;
  return state === 'retrying' ? 2 * attempt + 1 : 2 * attempt;
}

/**
 * Scans in `db`. A write is a transaction that looks at `rev` and status first, so it is safe to repeat and to come late.
 * `onWritten` hears of each update that was written, with the document before it.
 */
export function firestoreScans(
  db: Firestore,
  onWritten: (update: ScanUpdate, before: Scan) => void = () => {},
): ScanStore {
  return {
    async apply(update) {
      const ref = db.doc(paths.scan(update.scanId));
      const outcome = await db.runTransaction(async (transaction) => {
        const current = (await transaction.get(ref)).data() as Scan | undefined;
        if (!current) return 'missing';
        if (isTerminal(current.status) || (current.rev ?? 0) >= update.rev) return 'stale';
        transaction.update(ref, fields(update));
        return current;
      });
      if (typeof outcome === 'string') return outcome;
      onWritten(update, outcome);
      return 'applied';
    },

    applyStep: (update) =>
      db.runTransaction(async (transaction) => {
        const ref = db.doc(paths.scan(update.scanId));
        const current = (await transaction.get(ref)).data() as Scan | undefined;
        if (!current) return 'missing';
        const step = current.steps?.[update.step];
        if (current.status !== 'completed' || !step || !follows(update.change, step)) return 'stale';
        transaction.update(ref, {
          rev: (current.rev ?? 0) + 1,
          [`steps.${update.step}`]: stepFields(update.change),
          ...(update.result && {
            [`results.${update.step}`]: update.result,
            warnings: FieldValue.arrayRemove(update.warning),
          }),
          ...(update.simulated && { simulated: true }),
          updatedAt: toTimestamp(update.updatedAt),
        });
        return 'applied';
      }),

    async earlier(uid, since, before, limit = MAX_EARLIER_SCANS) {
      const snapshot = await db
        .collection(paths.scans())
        .where('userId', '==', uid)
        .where('status', '==', 'completed')
        .where('createdAt', '>=', Timestamp.fromDate(since))
        .where('createdAt', '<', Timestamp.fromDate(before))
        .orderBy('createdAt', 'desc')
        .select('createdAt', 'weightLb', 'results.estimation')
        .limit(limit)
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
