/**
 * Ends a scan that no workflow will end. One transaction writes status, credit, audit entries, and that the end is to be
 * announced.
 */

import { type AuditAction, type AuditRecord, OUTCOME_ACTIONS } from '@reddyfit/shared/audit/chain';
import { creditRecord } from '@reddyfit/shared/audit/credits';
import { type ErrorCode, scanError } from '@reddyfit/shared/errors';
import { dailyScanWorkflowId } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import type { Scan } from '@reddyfit/shared/scan/document';
import { durationOf } from '@reddyfit/shared/scan/duration';
import { summaryOf } from '@reddyfit/shared/scan/history';
import { isTerminal, type TerminalStatus } from '@reddyfit/shared/scan/statuses';
import { startRecord } from '@reddyfit/shared/audit/start';
import { stepRecords } from '@reddyfit/shared/audit/steps';
import { OPTIONAL_STEP_NAMES, STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { readerOf } from '@reddyfit/shared/words/reader';
import { millisOf } from '@reddyfit/shared/timestamps';
import { type Speaker, speakerFor } from '@reddyfit/shared/words/speaker';
import { FieldValue, type Firestore } from 'firebase-admin/firestore';
import { oweAnnouncement } from './announce-scan.ts';
import { refuseBroken } from '../broken-fields.ts';
import { auditHeadOf, writeAudit } from '../../platform/audit-chain.ts';
import { moveCredit, owesCredit } from '../../accounts/credit-ledger.ts';

export interface Ending {
  /**
   * The status for a scan that has not shown its body fat. One that has completes instead: steps that did not complete leave
   * warnings, and may run again.
   */
  status: Extract<TerminalStatus, 'canceled' | 'failed'>;
  code: ErrorCode;
  /** Who ends the scan: `user:<uid>`, `operator:<name>` or `function:<name>`. */
  actor: string;
  action: AuditAction;
  now: Date;
  /** End the scan although a workflow has written to it. The caller knows that the workflow has closed, or terminates it. */
  evenIfStarted: boolean;
}

/**
 * What became of the scan. `ended`: this call ended it. `was ended`: it had ended before, with `status`. `started`: a workflow
 * works on it. `missing`: it was deleted.
 */
export type EndOutcome =
  | { outcome: 'ended'; scan: Scan; status: TerminalStatus }
  | { outcome: 'was ended'; status: TerminalStatus }
  | { outcome: 'started' }
  | { outcome: 'missing' };

/**
 * Ends `scans/<scanId>` once: a second call finds it ended and changes nothing. The call that ends it also records that the end
 * is to be announced. A reserved credit is refunded, or spent when the body fat has been shown. Throws ScanUnreadableError, and
 * changes nothing, when somebody has broken a field that is read for this.
 */
export function endScan(db: Firestore, scanId: string, ending: Ending): Promise<EndOutcome> {
  const { code, actor, now } = ending;
  return db.runTransaction(async (tx): Promise<EndOutcome> => {
    const scanRef = db.doc(paths.scan(scanId));
    const [snapshot, auditLog] = await tx.getAll(scanRef, db.doc(paths.auditLog(scanId)));
    const scan = snapshot!.data() as Scan | undefined;
    if (!scan) return { outcome: 'missing' };
    if (isTerminal(scan.status)) return { outcome: 'was ended', status: scan.status };
    if ((scan.workflow || scan.status === 'processing') && !ending.evenIfStarted)
      return { outcome: 'started' };
    refuseBroken(scanId, scan, { act: 'fail' }, ending);
    const [owed, user] = await Promise.all([
      owesCredit(db, tx, scan.userId, scanId),
      tx.get(db.doc(paths.user(scan.userId))),
    ]);

    const shown = scan.results?.estimation !== undefined;
    const status = shown ? 'completed' : ending.status;
    const action = shown ? OUTCOME_ACTIONS.completed : ending.action;
    const speaker = speakerFor(readerOf(user.data()));
    const steps = stepsAtTheEnd(scan.steps, shown ? 'failed' : 'skipped', speaker);
    const missing = OPTIONAL_STEP_NAMES.filter((name) => scan.steps?.[name]?.state !== 'completed');
    const warnings = missing.map((name) => speaker.retell('warnings', name, {}));
    const move = shown ? 'commit' : 'refund';
    if (owed) moveCredit(db, tx, scan.userId, scanId, move);
    tx.update(scanRef, {
      status,
      ...(shown
        ? {
            warnings: warnings.map(({ message }) => message),
            warningCodes: warnings.map(({ messageCode, params }) => ({ messageCode, params })),
          }
        : { error: scanError({ messageCode: sentenceOf(code, owed) }, speaker) }),
      steps,
      progress: shown ? 100 : (scan.progress ?? 0),
      rev: (scan.rev ?? 0) + 1,
      updatedAt: FieldValue.serverTimestamp(),
      completedAt: FieldValue.serverTimestamp(),
      ...durationOf(scan.createdAt, now),
      busy: FieldValue.delete(),
    });
    oweAnnouncement(db, tx, { scanId, userId: scan.userId, status });
    const summary = status === 'completed' ? summaryOf(scan) : null;
    if (summary)
      tx.set(db.doc(paths.scanHistory(scan.userId)), { scans: { [scanId]: summary } }, { merge: true });
    const who = { at: now.toISOString(), actor };
    writeAudit(db, tx, scanId, auditHeadOf(auditLog!), [
      // That its workflow started, and what had ended before this end; the chain knows what the workflow has recorded of that.
      ...(scan.workflow ? recordsOfWorkflow(scanId, scan, who.at) : []),
      { ...who, key: action, action, detail: { code } },
      ...(owed ? [creditRecord(move, who)] : []),
      // No step of a scan without a workflow has run, so there is nothing to record of its steps.
      ...(scan.workflow ? stepRecords(scan.steps, steps, who) : []),
    ]);
    return { outcome: 'ended', scan, status };
  });
}

/** What the workflow of a scan would have recorded with its next result or its end. `at` stands for times that the document lacks. */
function recordsOfWorkflow(scanId: string, { workflow, steps }: Scan, at: string): AuditRecord[] {
  const id = dailyScanWorkflowId(scanId);
  // In the console somebody can write what they like.
  const { runId }: { runId?: unknown } = workflow ?? {};
  const begun = Object.values(steps ?? {}).flatMap((step) => millisOf(step?.startedAt) ?? []);
  const startedAt = begun.length > 0 ? new Date(Math.min(...begun)).toISOString() : at;
  return [
    startRecord({ id, runId: typeof runId === 'string' ? runId : 'unknown' }, startedAt),
    ...stepRecords(undefined, steps ?? {}, { at, actor: `workflow:${id}` }),
  ];
}

/** The sentence about the end: a scan that was canceled before its admission had no credit to give back. */
const sentenceOf = (code: ErrorCode, owed: boolean) =>
  code === 'ScanCanceledError' && !owed ? 'ScanCanceledError.without_credit' : code;

/** The steps at the end of the scan: those that have not ended become `otherwise`. */
function stepsAtTheEnd(
  steps: Scan['steps'],
  otherwise: 'failed' | 'skipped',
  speaker: Speaker,
): NonNullable<Scan['steps']> {
  const ended = Object.fromEntries(
    STEP_NAMES.map((name) => {
      const step = steps?.[name] ?? { state: 'pending' as const, attempt: 0 };
      if (step.state === 'completed' || step.state === 'failed') return [name, step];
      const { nextRetryAt: _, message: __, messageCode: ___, params: ____, ...rest } = step;
      const told = otherwise === 'failed' ? speaker.tell('errors', 'StepTimedOutError') : {};
      return [name, { ...rest, state: otherwise, ...told }];
    }),
  );
  return ended as NonNullable<Scan['steps']>;
}
