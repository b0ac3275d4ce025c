/** Builds the audit records of movements of scan credits. */

import { LEDGER_AMOUNT } from '../account/credits.ts';
import type { AuditRecord } from './chain.ts';

const ACTIONS = {
  reserve: 'credit_reserved',
  commit: 'credit_committed',
  refund: 'credit_refunded',
} as const;

type Who = Pick<AuditRecord, 'at' | 'actor'>;

/** The key of a credit movement in a scan's chain: `credit_<kind>`. */
export const creditKey = (kind: keyof typeof ACTIONS) => `credit_${kind}`;

/**
 * The record of a movement of a scan's credit, for the scan's chain. Key `credit_<kind>`: the chain has each
 * kind once per scan, and a repeat adds nothing.
 */
export function creditRecord(kind: keyof typeof ACTIONS, who: Who): AuditRecord {
  return { ...who, key: creditKey(kind), action: ACTIONS[kind], detail: { amount: LEDGER_AMOUNT[kind] } };
}

/**
 * The record of a grant of credits, for the user's chain. Key `grant:<grantId>`, with the grant's id in the
 * ledger: a repeat adds nothing.
 */
export function grantRecord(grant: { grantId: string; amount: number }, who: Who): AuditRecord {
  const { grantId, amount } = grant;
  return { ...who, key: `grant:${grantId}`, action: 'credits_granted', detail: { grantId, amount } };
}
