/** What a movement of scan credits adds to an audit chain. */

import { LEDGER_AMOUNT } from '../account/credits.ts';
import type { AuditRecord } from './chain.ts';

const ACTIONS = {
  reserve: 'credit_reserved',
  commit: 'credit_committed',
  refund: 'credit_refunded',
} as const;

type Who = Pick<AuditRecord, 'at' | 'actor'>;

/** The key under which the head of a scan's chain knows a movement of its credit. */
export const creditKey = (kind: keyof typeof ACTIONS) => `credit_${kind}`;

/** Of a scan's movement, for the scan's chain. Key `credit_<kind>`: each kind happens once per scan. */
export function creditRecord(kind: keyof typeof ACTIONS, who: Who): AuditRecord {
  return { ...who, key: creditKey(kind), action: ACTIONS[kind], detail: { amount: LEDGER_AMOUNT[kind] } };
}

/** Of a grant, for the user's chain. Key: the grant's id, as in the ledger. */
export function grantRecord(grant: { grantId: string; amount: number }, who: Who): AuditRecord {
  const { grantId, amount } = grant;
  return { ...who, key: `grant:${grantId}`, action: 'credits_granted', detail: { grantId, amount } };
}
