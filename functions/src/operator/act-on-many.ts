/** Does one act on many scans: on each by itself, as if it were the only one. */

import { setTimeout as wait } from 'node:timers/promises';
import type { ScanAct } from '@reddyfit/shared/operator/acts';
import { operatorChain } from '@reddyfit/shared/audit/chain';
import { paths } from '@reddyfit/shared/names/paths';
import type { BulkDone, BulkRequest } from '@reddyfit/shared/operator/bulk';
import type { Firestore } from 'firebase-admin/firestore';
import pLimit from 'p-limit';
import { auditHeadOf } from '../platform/audit-chain.ts';
import { CallError } from '../platform/call-error.ts';
import { logs } from '../platform/logs.ts';
import { isUnavailable } from '../platform/unavailable.ts';
import { isAdmissionPaused } from '../scans/admission/admission-pause.ts';
import { actOnScan, scanActKey } from './act.ts';
import { foreseeAgain } from './begin-again.ts';
import { doneKey, recordAct, recordFind } from './record-view.ts';
import { type Verdict, WOULD_FIELDS, wouldAct } from './would-act.ts';

/** How many scans are acted on at the same time. */
const AT_ONCE = 5;

/**
 * Times of a request (ms from its beginning), which the platform ends after 30 s: until when a further scan is begun,
 * and until when the request answers.
 */
export interface BulkTimes {
  beginUntilMs: number;
  answerUntilMs: number;
}
const TIMES: BulkTimes = { beginUntilMs: 15_000, answerUntilMs: 25_000 };

const LEFT: Verdict = { verdict: 'left', word: 'send_again' };

/**
 * Acts on the scans, or previews that; the answer has the scans in the request's order. A dry run reads the scans'
 * states and tells what would be done. The run acts where there is something to do; the operator's chain and each
 * scan's chain first record who acts and why. Key in each chain: `actId`. A scan that is refused, or for which a server
 * does not answer, does not keep the others from being acted on. What is not done within the request's time is `left`.
 * A second call, also after a request that was cut off, does what is left, and finishes an act that was begun on a scan
 * whatever the scan's state is by then.
 */
export async function actOnMany(
  db: Firestore,
  operator: string,
  { scanIds, dryRun, ...request }: BulkRequest,
  now: Date,
  { beginUntilMs, answerUntilMs } = TIMES,
): Promise<BulkDone> {
  const started = performance.now();
  const { act, step, actId, reason, reference } = request;
  const one = { act, ...(step && { step }), actId, reason, reference } as ScanAct;
  const key = scanActKey(one, operator);
  const [scans, heads, paused] = await Promise.all([
    db.getAll(...scanIds.map((scanId) => db.doc(paths.scan(scanId))), { fieldMask: WOULD_FIELDS(step) }),
    db.getAll(...scanIds.map((scanId) => db.doc(paths.auditLog(scanId)))),
    act === 'retry_step' && isAdmissionPaused(db),
  ]);
  const seen = scans.map((scan) => wouldAct(scan.data(), { act, step, paused }, operator));
  const would = act === 'begin_again' ? await foreseeAgain(db, scans, seen, operator, now) : seen;
  const foreseen = would.map((verdict, index) => {
    // The head of one chain that somebody has broken keeps no other scan from its turn.
    const keys = auditHeadOf(heads[index]!).keys ?? {};
    if (verdict.verdict === 'refused') return verdict;
    if (Object.hasOwn(keys, doneKey(key))) return { ...verdict, verdict: 'changes_nothing' as const };
    return Object.hasOwn(keys, key) ? { ...verdict, verdict: 'acts' as const } : verdict;
  });
  const acts = foreseen.filter(({ verdict }) => verdict === 'acts').length;
  if (dryRun) {
    await recordFind(db, operator, { by: `preview:${act}`, found: acts }, now);
    const told = foreseen.map((verdict, index) => ({ scanId: scanIds[index]!, ...verdict }));
    return { dryRun, left: 0, scans: told };
  }
  const detail = { act: `many:${act}`, ...(step && { step }), scans: acts, reason, reference };
  // The key is made from the scans' ids and not from the count, which is lower when the request is sent again.
  const told = { ...detail, scans: scanIds };
  await recordAct(db, operatorChain(operator), { operator, actId, detail, now, told });
  const answering = new AbortController();
  const over = wait(Math.max(0, answerUntilMs - (performance.now() - started)), LEFT, {
    signal: answering.signal,
  }).catch(() => LEFT);
  const done = await pLimit(AT_ONCE).map(scanIds, async (scanId, index) => {
    const expected = foreseen[index]!;
    if (expected.verdict !== 'acts') return { scanId, ...expected };
    if (performance.now() - started >= beginUntilMs) return { scanId, ...LEFT };
    const acting = outcomeOf(() => actOnScan(db, scanId, operator, one, now, { many: acts }));
    // An act that has begun goes on after the answer, unless the platform stops it. When the request is sent again, it
    // reads the scan's state anew.
    return { scanId, ...(await Promise.race([acting, over])) };
  });
  answering.abort();
  const left = done.filter(({ verdict }) => verdict === 'left' || verdict === 'failed').length;
  return { dryRun, left, scans: done };
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
