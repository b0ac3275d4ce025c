/** accounts/{uid}: scan credits, and the ledger whose entries always sum to them. */

import { z } from 'zod';
import { timestamp } from '../timestamps.ts';

/**
 * accounts/{uid}, written by the server. Unknown fields are accepted, since a person in the console or a later version of the
 * server may add some.
 */
export const account = z.object({ scanCredits: z.number().int().nonnegative() });
export type Account = z.infer<typeof account>;

/** `scanCredits` of an account is missing or is not a whole number from 0 on. An operator has to look into it. */
export class AccountUnreadableError extends Error {
  constructor() {
    super('scanCredits of the account is not a whole number from 0 on');
    this.name = 'AccountUnreadableError';
  }
}

/**
 * The credits in `fields`, those of the account's document; 0 when there is no document (undefined). An account that cannot be
 * read is not taken for an empty one: the function throws AccountUnreadableError.
 */
export function balanceOf(fields: unknown): number {
  if (fields === undefined) return 0;
  const read = account.safeParse(fields);
  if (!read.success) throw new AccountUnreadableError();
  return read.data.scanCredits;
}

export const LEDGER_KINDS = ['grant', 'reserve', 'commit', 'refund'] as const;

/** accounts/{uid}/ledger/{entryId}: append-only; the amounts of all entries sum to the account's `scanCredits`. */
export const ledgerEntry = z.object({
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

/** What each kind of a scan's ledger entry adds to the balance. */
export const LEDGER_AMOUNT = { reserve: -1, commit: 0, refund: 1 } as const;

/** Id of a scan's ledger entry. It is also the idempotency key: a scan has at most one entry of each kind. */
export function ledgerEntryId(scanId: string, kind: keyof typeof LEDGER_AMOUNT): string {
  return `${scanId}:${kind}`;
}

/** What a grant's id may be. Whoever grants credits chooses the id, and a second grant with the same id adds nothing. */
export const GRANT_ID_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

/** The most credits that one grant may add. */
export const MAX_GRANT = 10_000;

/** Credits that one operator may grant on one day (UTC), unless GRANT_CREDITS_PER_DAY says otherwise. */
export const DEFAULT_GRANTS_PER_DAY = 1000;

/** operations/credit_grants/days/{YYYY-MM-DD}: how many credits each operator granted on that day (UTC), by the actor as whom they are counted: `operator:<uid>`, and of
 * somebody without an account `operator:<email>`. */
export const grantsOfDay = z.object({ byActor: z.record(z.string(), z.number().int().nonnegative()) });

/** Id of a grant's ledger entry. It is also the idempotency key: a grant id adds credits once. */
export function grantEntryId(grantId: string): string {
  return `grant-${grantId}`;
}
