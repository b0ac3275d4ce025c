/** The requests and answers for auditors at the desk. */

import { z } from 'zod';
import { AUDIT_ACTIONS } from '../audit/chain.ts';
import { isoTime } from '../timestamps.ts';

/**
 * The actions that audit chains record when an operator looks at a user's data or acts, and when an auditor lists who looked
 * or acted.
 */
export const ACCESS_ACTIONS = [
  'scan_viewed',
  'scan_revealed',
  'scans_found',
  'operator_acted',
  'operator_limited',
  'admission_paused',
  'admission_resumed',
  'payloads_decoded',
  'history_read',
  'accesses_listed',
  'accesses_exported',
  'deletions_listed',
  'chains_checked',
] as const satisfies readonly (typeof AUDIT_ACTIONS)[number][];

const shownEntry = z.strictObject({
  chain: z.string(),
  seq: z.number().int(),
  at: isoTime,
  actor: z.string(),
  action: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type ShownEntry = z.infer<typeof shownEntry>;

/** A chain and its faults, which are found from the chain alone. An intact chain has none. */
export const verifiedChain = z.strictObject({
  chain: z.string(),
  entries: z.array(shownEntry),
  faults: z.array(z.string()),
});
export type VerifiedChain = z.infer<typeof verifiedChain>;

const period = { from: isoTime, to: isoTime };

const isForwards = ({ from, to }: { from: string; to: string }) => Date.parse(from) < Date.parse(to);
const BACKWARDS = { path: ['to'], error: 'It has to be later than `from`.' };

/** Asks for the accesses between two moments, of one operator or of all. */
export const accessesRequest = z
  .strictObject({
    ...period,
    /** uid of one operator; all operators when absent. */
    operator: z
      .string()
      .regex(/^[^/]{1,128}$/)
      .optional(),
  })
  .refine(isForwards, BACKWARDS);
export type AccessesRequest = z.infer<typeof accessesRequest>;

/**
 * Entries, the oldest first. `more` is true when there were too many for one answer: the client then asks again from the time
 * of the last entry on.
 */
export const accesses = z.strictObject({ entries: z.array(shownEntry), more: z.boolean() });
export type Accesses = z.infer<typeof accesses>;

/**
 * A signed statement: a JWS in flattened JSON form (RFC 7515) with alg EdDSA (RFC 8037). `payload` is the statement's JSON,
 * base64url-encoded.
 */
export const signedStatement = z.strictObject({
  payload: z.string(),
  protected: z.string(),
  signature: z.string(),
});
export type SignedStatement = z.infer<typeof signedStatement>;

/** The payload of an export of accesses. */
export const accessStatement = z.strictObject({
  kind: z.literal('accesses'),
  projectId: z.string(),
  from: isoTime,
  to: isoTime,
  /** uid of the operator whose accesses it holds; null for all operators. */
  operator: z.string().nullable(),
  madeAt: isoTime,
  /** uid of the auditor who made the export. */
  madeBy: z.string(),
  /**
   * False when there were more entries than one export can hold (the client then asks again from the time of the last entry
   * on), and when the period ended less than a minute before the export. An export never holds the chains of deleted accounts.
   */
  complete: z.boolean(),
  /** Oldest first. */
  entries: z.array(
    z.strictObject({
      ...shownEntry.shape,
      /** uid of the user whose data it was; null when that is no longer known, and for an entry about no user. */
      user: z.string().nullable(),
    }),
  ),
});
export type AccessStatement = z.infer<typeof accessStatement>;

/** The actions that audit chains record as proof that data was deleted. */
export const DELETION_ACTIONS = [
  'scan_deleted',
  'audit_chains_erased',
  'account_deleted',
] as const satisfies readonly (typeof AUDIT_ACTIONS)[number][];

export const deletionsRequest = z.strictObject(period).refine(isForwards, BACKWARDS);
export type DeletionsRequest = z.infer<typeof deletionsRequest>;

/** How long each kind of data is kept, and what was deleted between the two moments. `more` as in `accesses`. */
export const deletionLedger = z.strictObject({
  retention: z.array(z.strictObject({ what: z.string(), kept: z.string(), by: z.string() })),
  entries: z.array(shownEntry),
  more: z.boolean(),
});
export type DeletionLedger = z.infer<typeof deletionLedger>;
