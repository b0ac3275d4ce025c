/** Decides whether a user may have a scan made now, for admission and for whatever asks the same earlier. */

import { balanceOf } from '@reddyfit/shared/account/credits';
import { ScanPipelineError } from '@reddyfit/shared/errors';
import { consent } from '@reddyfit/shared/account/users';
import type { ScanSubject } from '@reddyfit/shared/temporal/workflows';
import { subjectOf } from './scan-subject.ts';

/** The user's documents as they were read, undefined when missing: users/{uid}, its scan consent, accounts/{uid}. */
export interface UserDocuments {
  profile: unknown;
  consent: unknown;
  account: unknown;
}

/**
 * The subject of a scan of `weightLb` (lb) made at `createdAt`; `needsCredit` is false once a credit is reserved. Throws
 * ScanPipelineError: AccountDeletionError, ProfileIncompleteError, AgeNotAllowedError, NoBodyFatError,
 * MeasuresImplausibleError, ConsentMissingError, InsufficientCreditsError, in this order; InternalError when the account cannot
 * be read.
 */
export function eligibleSubject(
  user: UserDocuments,
  scan: { weightLb: number; createdAt: Date; needsCredit: boolean; leastAge: number },
): ScanSubject {
  if ((user.profile as { deletion?: unknown } | undefined)?.deletion)
    throw new ScanPipelineError('AccountDeletionError');
  const subject = subjectOf(user.profile, scan.weightLb, scan.createdAt, scan.leastAge);
  if (consent.safeParse(user.consent).data?.granted !== true)
    throw new ScanPipelineError('ConsentMissingError');
  if (scan.needsCredit && readBalance(user.account) < 1)
    throw new ScanPipelineError('InsufficientCreditsError');
  return subject;
}

function readBalance(account: unknown): number {
  try {
    return balanceOf(account);
  } catch (cause) {
    throw new ScanPipelineError('InternalError', { cause });
  }
}
