/** Ends a scan that no workflow will end, in one transaction: status, refund, audit entries. */

import type { AuditAction } from '@reddyfit/shared/audit/chain';
import { creditRecord } from '@reddyfit/shared/audit/credits';
import { type ErrorCode, scanError } from '@reddyfit/shared/errors';
import { paths } from '@reddyfit/shared/names/paths';
import type { Scan } from '@reddyfit/shared/scan/document';
import { isTerminal, type TerminalStatus } from '@reddyfit/shared/scan/statuses';
import { stepRecords } from '@reddyfit/shared/audit/steps';
import { STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { readerOf } from '@reddyfit/shared/words/reader';
import { speakerFor } from '@reddyfit/shared/words/speaker';
import { FieldValue, type Firestore } from 'firebase-admin/firestore';
import { auditHeadOf, writeAudit } from '../platform/audit-chain.ts';
import { moveCredit, owesCredit } from '../accounts/credit-ledger.ts';

export interface Ending {
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
  | { outcome: 'ended'; scan: Scan }
  | { outcome: 'was ended'; status: TerminalStatus }
  | { outcome: 'started' }
  | { outcome: 'missing' };

/** Ends `scans/<scanId>` once: only who finds it open ends it. A credit that was reserved goes back. */
export function endScan(db: Firestore, scanId: string, ending: Ending): Promise<EndOutcome> {
  const { status, code, actor, action, now } = ending;
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

    const steps = stepsAtTheEnd(scan.steps);
    if (owed) moveCredit(db, tx, scan.userId, scanId, 'refund');
    tx.update(scanRef, {
      status,
      error: scanError({ messageCode: code }, speakerFor(readerOf(user.data()))),
      steps,
      progress: scan.progress ?? 0,
      rev: (scan.rev ?? 0) + 1,
      updatedAt: FieldValue.serverTimestamp(),
      completedAt: FieldValue.serverTimestamp(),
    });
    const who = { at: now.toISOString(), actor };
    writeAudit(db, tx, scanId, auditHeadOf(auditLog!), [
      { ...who, key: action, action, detail: { code } },
      ...(owed ? [creditRecord('refund', who)] : []),
      // Of a scan that no workflow took, no step had a part.
      ...(scan.workflow ? stepRecords(scan.steps, steps, who) : []),
    ]);
    return { outcome: 'ended', scan };
  });
}

/** What has not run is skipped. */
function stepsAtTheEnd(steps: Scan['steps']): NonNullable<Scan['steps']> {
  const ended = Object.fromEntries(
    STEP_NAMES.map((name) => {
      const step = steps?.[name] ?? { state: 'pending' as const, attempt: 0 };
      if (step.state === 'completed' || step.state === 'failed') return [name, step];
      const { nextRetryAt: _, message: __, messageCode: ___, params: ____, ...rest } = step;
      return [name, { ...rest, state: 'skipped' }];
    }),
  );
  return ended as NonNullable<Scan['steps']>;
}
