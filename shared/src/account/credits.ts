/** accounts/{uid}: scan credits, and the ledger whose entries always sum to them. */

import { z } from 'zod';
import { timestamp } from '../timestamps.ts';

/** accounts/{uid}, written by the server. */
export const account = z.strictObject({ scanCredits: z.number().int().nonnegative() });
export type Account = z.infer<typeof account>;

export const LEDGER_KINDS = ['grant', 'reserve', 'commit', 'refund'] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

/** accounts/{uid}/ledger/{entryId}: append-only; the amounts of all entries sum to the account's `scanCredits`. */
export const ledgerEntry = z.strictObject({
  kind: z.enum(LEDGER_KINDS),
  /** Credits added (+) or taken (−): grant +n, reserve −1, commit 0, refund +1. */
  amount: z.number().int(),
  /** The scan it belongs to; absent on a grant. */
  scanId: z.string().optional(),
  /** Who granted: `operator:<name>`. */
  actor: z.string().optional(),
  at: timestamp,
});
export type LedgerEntry = z.infer<typeof ledgerEntry>;

/** What one scan's movement adds to the balance. */
export const LEDGER_AMOUNT = { reserve: -1, commit: 0, refund: 1 } as const;

/** Id of a scan's ledger entry: its key, so that each kind happens once per scan. */
export function ledgerEntryId(scanId: string, kind: keyof typeof LEDGER_AMOUNT): string {
  return `${scanId}:${kind}`;
}

/** What a grant's id may be: chosen by who grants, so that a repeat grants nothing more. */
export const GRANT_ID_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

/** Most credits of one grant. */
export const MAX_GRANT = 10_000;

/** Id of a grant's ledger entry: its key. */
export function grantEntryId(grantId: string): string {
  return `grant-${grantId}`;
}
