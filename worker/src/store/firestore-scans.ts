/** Scan documents in Firestore. */

import { durationOf } from '@reddyfit/shared/scan/duration';
import { type AuditRecord, OUTCOME_ACTIONS } from '@reddyfit/shared/audit/chain';
import { paths } from '@reddyfit/shared/names/paths';
import type { Scan, ScanStep } from '@reddyfit/shared/scan/document';
import { summaryOf } from '@reddyfit/shared/scan/history';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import { retryStepWorkflowId } from '@reddyfit/shared/names/ids';
import { startRecord } from '@reddyfit/shared/audit/start';
import { stepRecords } from '@reddyfit/shared/audit/steps';
import { SCAN_CONSENT } from '@reddyfit/shared/account/users';
import { FieldValue, type Firestore, Timestamp, type WriteBatch } from 'firebase-admin/firestore';
import type {
  ScanStore,
  ScanUpdate,
  ScanWritten,
  StepChange,
  StepUpdate,
  StepWritten,
} from '../scan/scan-store.ts';
import { appendWith } from '../audit/firestore-audit.ts';
import { creditState, settleWith } from './firestore-credits.ts';
import { readScanHistory } from './firestore-scan-history.ts';
import { commitOptimistically, unchanged } from './optimistic-commit.ts';

const toTimestamp = (iso: string) => Timestamp.fromDate(new Date(iso));

/** The fields of one step in the document. */
function stepFields({ startedAt, attemptStartedAt, completedAt, nextRetryAt, ...step }: StepChange) {
  return {
    ...step,
    ...(startedAt && { startedAt: toTimestamp(startedAt) }),
    ...(attemptStartedAt && { attemptStartedAt: toTimestamp(attemptStartedAt) }),
    ...(completedAt && { completedAt: toTimestamp(completedAt) }),
    ...(nextRetryAt && { nextRetryAt: toTimestamp(nextRetryAt) }),
  };
}

/** The update as field paths, so that parts of `results` that were written before stay. */
function fields(update: ScanUpdate, createdAt: Scan['createdAt']) {
  const {
    scanId: _,
    steps,
    results,
    updatedAt,
    completedAt,
    startedAt: _started,
    startMayWait: _waits,
    waitIsOver,
    ...plain
  } = update;
  return {
    ...plain,
    ...(waitIsOver && { busy: FieldValue.delete() }),
    steps: Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, stepFields(step)])),
    ...Object.fromEntries(Object.entries(results).map(([part, value]) => [`results.${part}`, value])),
    updatedAt: toTimestamp(updatedAt),
    ...(completedAt && {
      completedAt: toTimestamp(completedAt),
      ...durationOf(createdAt, new Date(completedAt)),
    }),
  };
}

/** Whether a change of a retried step is later than the document's state of it: from a later run, or later in the same run. */
function follows(change: StepUpdate['change'], current: ScanStep): boolean {
  if (current.state === 'completed') return false;
  const runs = Date.parse(change.startedAt) - (current.startedAt?.toMillis() ?? 0);
  return runs > 0 || (runs === 0 && orderOf(change) > orderOf(current));
}

/** The order of states within a run: an attempt runs, then may wait for its retry, and the last attempt ends. */
function orderOf({ state, attempt }: Pick<ScanStep, 'state' | 'attempt'>): number {
  if (state === 'completed' || state === 'failed') return Infinity;
  return state === 'retrying' ? 2 * attempt + 1 : 2 * attempt;
}

/**
 * Whether this same write has already been applied; its activity was then repeated because the answer was lost. The write of an
 * end is known by its time, since a step that the user lets run again may have written after it.
 */
function wrote(update: ScanUpdate, { rev, updatedAt, completedAt, workflow }: Scan): boolean {
  if (rev === update.rev && updatedAt?.toMillis() === Date.parse(update.updatedAt)) return true;
  return (
    update.completedAt !== undefined &&
    completedAt?.toMillis() === Date.parse(update.completedAt) &&
    workflow?.runId === update.workflow.runId
  );
}

/** How a write settles the scan's credit, if the credit is still reserved. */
function movement({ status, results }: ScanUpdate): 'commit' | 'refund' | null {
  // A shown body fat is what the credit pays for.
  if (results.estimation || status === 'completed') return 'commit';
  return isTerminal(status) ? 'refund' : null;
}

/**
 * Whether the document itself shows that its credit is spent: the write that shows a body fat also spends the credit.
 * Scans that began when these were two activities settle with a separate activity as well.
 */
function paidWith({ results }: Scan, kind: 'commit' | 'refund'): boolean {
  return kind === 'commit' && results?.estimation !== undefined;
}

/** The document as it is once the update has been written. */
function withResults(current: Scan, { results }: ScanUpdate): Scan {
  return { ...current, results: { ...current.results, ...results } };
}

/** Adds a scan that this batch completes to the history with which later scans are compared. */
function summarizeWith(db: Firestore, batch: WriteBatch, scanId: string, scan: Scan): void {
  const summary = summaryOf(scan);
  if (summary)
    batch.set(db.doc(paths.scanHistory(scan.userId)), { scans: { [scanId]: summary } }, { merge: true });
}

/** The results that are shown of a scan that is not paid for: the issues of its photos. */
function feedbackOnly({ qualityCheck }: ScanUpdate['results']): ScanUpdate['results'] {
  return qualityCheck ? { qualityCheck } : {};
}

/**
 * Whether a write has nothing that must be in the audit chain at once. That the workflow started, and what steps ended with it,
 * is recorded by the next write that has: the one that shows the body fat, or the end. So a chain is behind its scan only while
 * that runs, and a write costs one document instead of three.
 */
function isUnrecorded(update: ScanUpdate): boolean {
  const startIsDue = update.startedAt !== undefined && !update.startMayWait;
  return !startIsDue && movement(update) === null && !isTerminal(update.status);
}

/** The audit entry of the workflow's start. */
const startRecords = ({ startedAt, workflow }: ScanUpdate): AuditRecord[] =>
  startedAt ? [startRecord(workflow, startedAt)] : [];

/** The audit entry of a scan's end. */
function outcomeRecords({ status, updatedAt, workflow, error }: ScanUpdate): AuditRecord[] {
  if (!isTerminal(status)) return [];
  const action = OUTCOME_ACTIONS[status];
  const detail = { runId: workflow.runId, ...(error && { code: error.code }) };
  return [{ key: action, action, at: updatedAt, actor: `workflow:${workflow.id}`, detail }];
}

/**
 * The scans in `db`. A write checks `rev` and status first, so it may be repeated or come late. The audit entries and
 * the movement of the credit are in the same commit, so that no scan ends and keeps its credit, and no scan shows a
 * body fat and gets its credit back. `onWritten` is called with each update that was written and the document as it was
 * before.
 */
export function firestoreScans(
  db: Firestore,
  onWritten: (update: ScanUpdate, before: Scan) => void = () => {},
): ScanStore {
  const read = async (scanId: string) => {
    const [scan, head] = await db.getAll(db.doc(paths.scan(scanId)), db.doc(paths.auditLog(scanId)));
    return { scan: scan!, head: head!, current: scan!.data() as Scan | undefined };
  };
  const readAlone = async (scanId: string) => {
    const scan = await db.doc(paths.scan(scanId)).get();
    return { scan, head: undefined, current: scan.data() as Scan | undefined };
  };
  const consents = async (uid: string) =>
    (await db.doc(paths.consent(uid, SCAN_CONSENT)).get()).get('granted') === true;

  return {
    async apply(update) {
      const { scanId } = update;
      const kind = movement(update);
      let before: Scan | undefined;
      const written = await commitOptimistically(db, async (batch): Promise<ScanWritten> => {
        before = undefined;
        const { scan, head, current } = await (isUnrecorded(update) ? readAlone : read)(scanId);
        if (!current) return { outcome: 'missing' };
        if (wrote(update, current)) return { outcome: 'applied' };
        if (isTerminal(current.status)) return { outcome: 'ended', status: current.status };
        if ((current.rev ?? 0) >= update.rev) return { outcome: 'stale' };
        const { userId: uid } = current;
        const [consented, credit] = await Promise.all([
          Object.keys(update.results).length === 0 || consents(uid),
          kind && head && (paidWith(current, kind) ? 'commit' : creditState(db, head, { uid, scanId })),
        ]);
        if (!consented) return { outcome: 'unconsented' };
        // The credit was given back earlier, by a workflow that began before status and credit were one write. What it
        // would have paid for is not shown.
        const unpaid = credit === 'refund' && isTerminal(update.status);
        const shown = unpaid ? { ...update, results: feedbackOnly(update.results) } : update;
        batch.update(scan.ref, fields(shown, current.createdAt), unchanged(scan));
        if (update.status === 'completed') summarizeWith(db, batch, scanId, withResults(current, shown));
        const who = { at: update.updatedAt, actor: `workflow:${update.workflow.id}` };
        if (head)
          appendWith(db, batch, head, [
            ...startRecords(update),
            // All that have ended, since earlier writes may have recorded none of them; the chain knows those that it has.
            ...stepRecords(undefined, update.steps, who),
            ...(kind && credit === 'reserved' ? [settleWith(db, batch, { uid, scanId, kind })] : []),
            ...outcomeRecords(update),
          ]);
        before = current;
        return { outcome: 'applied' };
      });
      if (before) onWritten(update, before);
      return written;
    },

    applyStep: (update) =>
      commitOptimistically(db, async (batch): Promise<StepWritten> => {
        const { scanId, step, change, updatedAt } = update;
        const { scan, head, current } = await read(scanId);
        if (!current) return 'missing';
        const before = current.steps?.[step];
        if (current.status !== 'completed' || !before) return 'stale';
        const sameRun = before.startedAt?.toMillis() === Date.parse(change.startedAt);
        if (sameRun && before.state === 'completed' && change.state === 'completed') return 'applied';
        if (!follows(change, before)) return 'stale';
        if (update.result && !(await consents(current.userId))) return 'unconsented';
        const changed = {
          rev: (current.rev ?? 0) + 1,
          [`steps.${step}`]: stepFields(change),
          ...(update.result && {
            [`results.${step}`]: update.result,
            ...withoutWarning(current, update.warning),
          }),
          ...(update.simulated && { simulated: true }),
          updatedAt: toTimestamp(updatedAt),
        };
        batch.update(scan.ref, changed, unchanged(scan));
        const who = { at: updatedAt, actor: `workflow:${retryStepWorkflowId(scanId, step)}` };
        // Each run records an outcome of its own.
        const records = stepRecords({}, { [step]: change }, who).map((record) => ({
          ...record,
          key: `${record.key}:${change.startedAt}`,
        }));
        appendWith(db, batch, head, records);
        return 'applied';
      }),

    earlier: async (uid, since, before) =>
      (await readScanHistory(db, uid)).filter(({ createdAt }) => createdAt >= since && createdAt < before),
  };
}

/**
 * The warnings without one warning. It is found by its code when the document has codes, since its sentence may be in
 * another language by now.
 */
function withoutWarning({ warnings = [], warningCodes }: Scan, gone: StepUpdate['warning']) {
  const isGone = (sentence: string, index: number) =>
    warningCodes ? warningCodes[index]?.messageCode === gone.messageCode : sentence === gone.message;
  return {
    warnings: warnings.filter((sentence, index) => !isGone(sentence, index)),
    ...(warningCodes && {
      warningCodes: warningCodes.filter(({ messageCode }) => messageCode !== gone.messageCode),
    }),
  };
}
