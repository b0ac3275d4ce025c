/**
 * Does an operator's act on a scan, with the functions that users and commands call, too. The scan's chain first
 * records who acts and why.
 */

import type { ActDone, ScanAct } from '@reddyfit/shared/operator/acts';
import type { Scan } from '@reddyfit/shared/scan/document';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import type { Firestore } from 'firebase-admin/firestore';
import { CallError } from '../platform/call-error.ts';
import { orUnavailable } from '../platform/temporal.ts';
import { announceAgain } from '../scans/ending/announce-scan.ts';
import { refuseBroken } from '../scans/broken-fields.ts';
import { cancelScanFor } from '../scans/ending/cancel-scan.ts';
import { failScan } from '../scans/ending/fail-scan.ts';
import { ownerOf } from '../scans/own-scan.ts';
import { retryStepFor } from '../scans/retry-step.ts';
import { deliveries } from '../webhooks/admin.ts';
import { redeliver } from '../webhooks/redeliver.ts';
import { beginAgain } from './begin-again.ts';
import { actKey, doneBefore, recordDone, recordedScan } from './record-view.ts';

/**
 * Does `act` on a scan. Key of the act, and of its two entries in the chain, which hold it: `actId`. A second call returns
 * the outcome of the first, and when that was, and does nothing more. An act that was cut off is done again from its beginning, by functions that do
 * nothing twice. Throws OwnAccountError for a scan of the operator's own, ScanNotFoundError, ScanUnreadableError for a
 * document in which somebody has broken what the act reads, and what those functions throw.
 */
export async function actOnScan(
  db: Firestore,
  scanId: string,
  operator: string,
  act: ScanAct,
  now: Date,
  /** Further details of the entry, for example on how many scans the operator acts. */
  more: Record<string, number> = {},
): Promise<ActDone> {
  if ((await ownerOf(db, scanId)) === operator) throw new CallError('OwnAccountError');
  const key = scanActKey(act, operator);
  const recorded = await recordedScan(db, scanId, {
    operator,
    action: 'operator_acted',
    detail: { ...detailOf(act), ...more, actId: act.actId },
    now,
    key,
  });
  const before = await doneBefore(db, scanId, key);
  if (before) return { outcome: String(before.detail['outcome']), before: before.at };
  refuseBroken(scanId, recorded.data()!, act.act === 'retry_step' ? act : { act: act.act }, {
    actor: `operator:${operator}`,
  });
  const done = await doAct(db, scanId, recorded.data() as Scan, operator, act, now);
  await recordDone(db, scanId, {
    operator,
    key,
    detail: { act: act.act, outcome: done.outcome, actId: act.actId },
    now,
  });
  return done;
}

async function doAct(
  db: Firestore,
  scanId: string,
  scan: Scan,
  operator: string,
  act: ScanAct,
  now: Date,
): Promise<ActDone> {
  const who = { actor: `operator:${operator}`, now };
  switch (act.act) {
    case 'retry_step':
      return { outcome: (await retryStepFor(db, scanId, scan, act.step, who)).state };
    case 'cancel':
      return { outcome: (await cancelScanFor(db, scanId, scan, who)).status };
    case 'fail': {
      const end = await orUnavailable(failScan(scanId, { ...who, code: 'InternalError', terminate: true }));
      if (end.outcome === 'missing') throw new CallError('ScanNotFoundError');
      return { outcome: end.outcome === 'started' ? scan.status : end.status };
    }
    case 'push': {
      const { userId, status } = scan;
      if (!isTerminal(status)) throw new CallError('ScanRunningError');
      await orUnavailable(announceAgain({ scanId, userId, status }));
      return { outcome: 'sent' };
    }
    case 'webhook': {
      // Only events of this scan are allowed, although the endpoint got others.
      if (!act.eventId.startsWith(`${scanId}:`)) throw new CallError('DeliveryNotFoundError');
      await orUnavailable(redeliver(db, deliveries(), act.endpointId, act.eventId));
      return { outcome: 'sent' };
    }
    case 'begin_again':
      return beginAgain(scanId, scan, operator, now);
  }
}

/** The key of an act of this operator on a scan. */
export const scanActKey = (act: ScanAct, operator: string) =>
  actKey(act.actId, { ...detailOf(act), operator });

function detailOf(act: ScanAct): Record<string, string> {
  const { actId: _, ...detail } = act;
  return detail;
}
