/**
 * Gives the credit of a completed scan back, so that its user can begin again at no cost. This happens once for each
 * scan, whichever operator asks.
 */

import { grantEntryId, grantsOfDay } from '@reddyfit/shared/account/credits';
import { paths } from '@reddyfit/shared/names/paths';
import type { ActDone } from '@reddyfit/shared/operator/acts';
import type { Scan } from '@reddyfit/shared/scan/document';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import type { DocumentSnapshot, Firestore } from 'firebase-admin/firestore';
import { grantByOperator } from '../accounts/grant-credits.ts';
import { sha256 } from '../platform/audit-chain.ts';
import { CallError } from '../platform/call-error.ts';
import { config } from '../platform/config.ts';
import { documentId } from '../scans/admission/scan-request.ts';
import type { Verdict } from './would-act.ts';

/** The grant's id is derived from the scan's, so that a second grant for the same scan gives nothing. */
const grantIdOf = (scanId: string) => `again-${sha256(scanId).slice(0, 32)}`;

/**
 * Gives the credit back. A scan that did not complete cost nothing. Key: the scan; a second call gives nothing more.
 * Throws ScanRunningError, and what grantByOperator throws.
 */
export async function beginAgain(scanId: string, scan: Scan, operator: string, now: Date): Promise<ActDone> {
  if (!isTerminal(scan.status)) throw new CallError('ScanRunningError');
  if (scan.status !== 'completed') return { outcome: 'nothing_was_spent' };
  const { granted } = await grantByOperator(
    operator,
    { uid: scan.userId, amount: 1, grantId: grantIdOf(scanId) },
    now,
  );
  return { outcome: granted ? 'credit_given' : 'credit_given_before' };
}

/** Corrects the verdicts by which credits were given back before, and by how many this operator may still give today. */
export async function foreseeAgain(
  db: Firestore,
  scans: readonly DocumentSnapshot[],
  verdicts: readonly Verdict[],
  operator: string,
  now: Date,
): Promise<Verdict[]> {
  const refs = scans.map((scan) =>
    db.doc(
      paths.ledgerEntry(
        documentId.safeParse(scan.get('userId')).data ?? 'nobody',
        grantEntryId(grantIdOf(scan.id)),
      ),
    ),
  );
  const today = db.doc(paths.grantsOfDay(now.toISOString().slice(0, 10)));
  const [day, ...given] = await db.getAll(today, ...refs);
  const granted = grantsOfDay.safeParse(day!.data()).data?.byActor[`operator:${operator}`] ?? 0;
  let left = config().grantCreditsPerDay - granted;
  return verdicts.map((verdict, index) => {
    if (verdict.verdict !== 'acts') return verdict;
    if (given[index]!.exists) return { verdict: 'changes_nothing', word: 'credit_given_before' };
    left -= 1;
    return left < 0 ? { verdict: 'refused', word: 'GrantLimitError' } : verdict;
  });
}
