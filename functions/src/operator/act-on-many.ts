/** One act about many scans: each by itself, as if it were the only one. */

import type { ScanAct } from '@reddyfit/shared/operator/acts';
import { operatorChain } from '@reddyfit/shared/audit/chain';
import { paths } from '@reddyfit/shared/names/paths';
import type { BulkDone, BulkRequest } from '@reddyfit/shared/operator/bulk';
import type { Firestore } from 'firebase-admin/firestore';
import pLimit from 'p-limit';
import { CallError } from '../platform/call-error.ts';
import { logs } from '../platform/logs.ts';
import { isUnavailable } from '../platform/unavailable.ts';
import { actOnScan } from './act.ts';
import { recordAct, recordFind } from './record-view.ts';
import { type Verdict, WOULD_FIELDS, wouldAct } from './would-act.ts';

/** Scans that are acted on beside each other. */
const AT_ONCE = 5;

/**
 * In the order of the request. A dry run reads how the scans stand, and says what would be done; the run does it where there is something
 * to do, with who and why in each scan's chain first, and in the operator's own. Key in each chain: `actId`. One scan that is refused, or
 * that a server was away for, keeps no other from its turn; again, only what is left is done.
 */
export async function actOnMany(
  db: Firestore,
  operator: string,
  { scanIds, dryRun, ...request }: BulkRequest,
  now: Date,
): Promise<BulkDone> {
  const refs = scanIds.map((scanId) => db.doc(paths.scan(scanId)));
  const scans = await db.getAll(...refs, { fieldMask: WOULD_FIELDS(request.step) });
  const foreseen = scans.map((scan) => wouldAct(scan.data(), request, operator));
  const would = foreseen.filter(({ verdict }) => verdict === 'acts').length;
  const { act, step, actId, reason, reference } = request;
  if (dryRun) {
    await recordFind(db, operator, { by: `preview:${act}`, found: would }, now);
    return { dryRun, scans: foreseen.map((verdict, index) => ({ scanId: scanIds[index]!, ...verdict })) };
  }
  const detail = { act: `many:${act}`, ...(step && { step }), scans: would, reason, reference };
  // Without the count, which falls when it is asked again.
  const told = { ...detail, scans: scanIds };
  await recordAct(db, operatorChain(operator), { operator, actId, detail, now, told });
  const one = { act, ...(step && { step }), actId, reason, reference } as ScanAct;
  const done = await pLimit(AT_ONCE).map(scanIds, async (scanId, index) => {
    const expected = foreseen[index]!;
    const verdict =
      expected.verdict === 'acts'
        ? await outcomeOf(() => actOnScan(db, scanId, operator, one, now, { many: would }))
        : expected;
    return { scanId, ...verdict };
  });
  return { dryRun, scans: done };
}

async function outcomeOf(act: () => Promise<{ outcome: string }>): Promise<Verdict> {
  try {
    return { verdict: 'acts', word: (await act()).outcome };
  } catch (error) {
    const away = isUnavailable(error) || (error instanceof CallError && error.code === 'UnavailableError');
    if (error instanceof CallError && !away) return { verdict: 'refused', word: error.code };
    if (!away) logs.apiFailed(error);
    return { verdict: 'failed', word: away ? 'UnavailableError' : 'InternalError' };
  }
}
