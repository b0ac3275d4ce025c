/** What an operator does about a scan: who and why is in the chain first, then the same is called that users and commands call. */

import type { ActDone, ScanAct } from '@reddyfit/shared/operator/acts';
import type { Scan } from '@reddyfit/shared/scan/document';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import type { Firestore } from 'firebase-admin/firestore';
import { grantByOperator } from '../accounts/grant-credits.ts';
import { sha256 } from '../platform/audit-chain.ts';
import { CallError } from '../platform/call-error.ts';
import { orUnavailable } from '../platform/temporal.ts';
import { announceAgain } from '../scans/announce-scan.ts';
import { cancelScanFor } from '../scans/cancel-scan.ts';
import { failScan } from '../scans/fail-scan.ts';
import { ownerOf } from '../scans/own-scan.ts';
import { retryStepFor } from '../scans/retry-step.ts';
import { deliveries } from '../webhooks/admin.ts';
import { redeliver } from '../webhooks/deliveries.ts';
import { actKey, recordedScan } from './record-view.ts';

/**
 * Does `act` about a scan. Key of the entry: its `actId`; what is done has the keys of the functions that do it, so that a second call
 * changes nothing more. Throws OwnAccountError for a scan of the operator's own, ScanNotFoundError, and what those functions throw.
 */
export async function actOnScan(
  db: Firestore,
  scanId: string,
  operator: string,
  act: ScanAct,
  now: Date,
  /** What else the entry tells: how many scans it is about. */
  more: Record<string, number> = {},
): Promise<ActDone> {
  if ((await ownerOf(db, scanId)) === operator) throw new CallError('OwnAccountError');
  const scan = (await recordedScan(db, scanId, {
    operator,
    action: 'operator_acted',
    detail: { ...detailOf(act), ...more },
    now,
    key: actKey(act.actId, { ...detailOf(act), operator }),
  })) as Scan;
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
      // One event of this scan, whatever else the endpoint was sent.
      if (!act.eventId.startsWith(`${scanId}:`)) throw new CallError('DeliveryNotFoundError');
      await orUnavailable(redeliver(db, deliveries(), act.endpointId, act.eventId));
      return { outcome: 'sent' };
    }
    case 'begin_again':
      return beginAgain(scanId, scan, operator, now);
  }
}

function detailOf(act: ScanAct): Record<string, string> {
  const { actId: _, ...detail } = act;
  return detail;
}

/** A scan that did not complete cost nothing; one that did gives its credit back, once, whoever asks for it. */
async function beginAgain(scanId: string, scan: Scan, operator: string, now: Date): Promise<ActDone> {
  if (!isTerminal(scan.status)) throw new CallError('ScanRunningError');
  if (scan.status !== 'completed') return { outcome: 'nothing_was_spent' };
  const grantId = `again-${sha256(scanId).slice(0, 32)}`;
  const { granted } = await grantByOperator(operator, { uid: scan.userId, amount: 1, grantId }, now);
  return { outcome: granted ? 'credit_given' : 'credit_given_before' };
}
