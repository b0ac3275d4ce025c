/** Ends a scan that no workflow will end, in one transaction: status, credit, audit entries, and that it is to be announced. */

import { type AuditAction, OUTCOME_ACTIONS } from '@reddyfit/shared/audit/chain';
import { creditRecord } from '@reddyfit/shared/audit/credits';
import { type ErrorCode, scanError } from '@reddyfit/shared/errors';
import { paths } from '@reddyfit/shared/names/paths';
import type { Scan } from '@reddyfit/shared/scan/document';
import { durationOf } from '@reddyfit/shared/scan/duration';
import { summaryOf } from '@reddyfit/shared/scan/history';
import { isTerminal, type TerminalStatus } from '@reddyfit/shared/scan/statuses';
import { stepRecords } from '@reddyfit/shared/audit/steps';
import { OPTIONAL_STEP_NAMES, STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { readerOf } from '@reddyfit/shared/words/reader';
import { type Speaker, speakerFor } from '@reddyfit/shared/words/speaker';
import { FieldValue, type Firestore } from 'firebase-admin/firestore';
import { oweAnnouncement } from './announce-scan.ts';
import { auditHeadOf, writeAudit } from '../platform/audit-chain.ts';
import { moveCredit, owesCredit } from '../accounts/credit-ledger.ts';

export interface Ending {
  /** A scan that has shown its body fat completes instead: what is missing is a warning, and its steps may run again. */
  status: Extract<TerminalStatus, 'canceled' | 'failed'>;
  code: ErrorCode;
  /** `user:<uid>` or `function:<name>`. */
  actor: string;
  action: AuditAction;
  now: Date;
  /** End it also when a workflow has written to it: the caller knows that this one has closed. */
  evenIfStarted: boolean;
}

/** What became of it: ended now; was ended before, with that status; is in the hands of a workflow; is gone. */
export type EndOutcome =
  | { outcome: 'ended'; scan: Scan; status: TerminalStatus }
  | { outcome: 'was ended'; status: TerminalStatus }
  | { outcome: 'started' }
  | { outcome: 'missing' };

/**
 * Ends `scans/<scanId>` once: only who finds it open ends it, and then owes its announcement. A credit that is reserved goes back, or is
 * spent when the body fat has been shown.
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
    const [owed, user] = await Promise.all([
      owesCredit(db, tx, scan.userId, scanId),
      tx.get(db.doc(paths.user(scan.userId))),
    ]);

    const shown = scan.results?.estimation !== undefined;
    const status = shown ? 'completed' : ending.status;
    const action = shown ? OUTCOME_ACTIONS.completed : ending.action;
    const speaker = speakerFor(readerOf(user.data()));
    const steps = stepsAtTheEnd(scan.steps, shown ? 'failed' : 'skipped', speaker);
    const missing = OPTIONAL_STEP_NAMES.filter((name) => scan.steps?.[name].state !== 'completed');
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
        : { error: scanError({ messageCode: code }, speaker) }),
      steps,
      progress: shown ? 100 : (scan.progress ?? 0),
      rev: (scan.rev ?? 0) + 1,
      updatedAt: FieldValue.serverTimestamp(),
      completedAt: FieldValue.serverTimestamp(),
      ...durationOf(scan.createdAt, now),
    });
    oweAnnouncement(db, tx, { scanId, userId: scan.userId, status });
    const summary = status === 'completed' ? summaryOf(scan) : null;
    if (summary)
      tx.set(db.doc(paths.scanHistory(scan.userId)), { scans: { [scanId]: summary } }, { merge: true });
    const who = { at: now.toISOString(), actor };
    writeAudit(db, tx, scanId, auditHeadOf(auditLog!), [
      { ...who, key: action, action, detail: { code } },
      ...(owed ? [creditRecord(move, who)] : []),
      // Of a scan that no workflow took, no step had a part.
      ...(scan.workflow ? stepRecords(scan.steps, steps, who) : []),
    ]);
    return { outcome: 'ended', scan, status };
  });
}

/** What has not run is skipped, or has failed in a scan that completes. */
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
