/** What an auditor sees at the desk. */

import { z } from 'zod';
import { AUDIT_ACTIONS } from '../audit/chain.ts';
import { isoTime } from '../timestamps.ts';

/** What is recorded when somebody looks at a user's data, does something with it, or lists who did. */
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

/** A chain, and what is wrong with it by itself; nothing when it is whole. */
export const verifiedChain = z.strictObject({
  chain: z.string(),
  entries: z.array(shownEntry),
  faults: z.array(z.string()),
});
export type VerifiedChain = z.infer<typeof verifiedChain>;

const period = { from: isoTime, to: isoTime };

const isForwards = ({ from, to }: { from: string; to: string }) => Date.parse(from) < Date.parse(to);
const BACKWARDS = { path: ['to'], error: 'It has to be later than `from`.' };

/** Who saw data between two moments: by one operator, or by all. */
export const accessesRequest = z
  .strictObject({
    ...period,
    /** uid of one operator. */
    operator: z
      .string()
      .regex(/^[^/]{1,128}$/)
      .optional(),
  })
  .refine(isForwards, BACKWARDS);
export type AccessesRequest = z.infer<typeof accessesRequest>;

/** Oldest first; `more` when there were too many for one answer: ask from the last one's time on. */
export const accesses = z.strictObject({ entries: z.array(shownEntry), more: z.boolean() });
export type Accesses = z.infer<typeof accesses>;

/** A statement that is signed: JWS in its flattened JSON form (RFC 7515), alg EdDSA (RFC 8037). `payload` is the statement's JSON. */
export const signedStatement = z.strictObject({
  payload: z.string(),
  protected: z.string(),
  signature: z.string(),
});
export type SignedStatement = z.infer<typeof signedStatement>;

/** What the payload of an export says. */
export const accessStatement = z.strictObject({
  kind: z.literal('accesses'),
  projectId: z.string(),
  from: isoTime,
  to: isoTime,
  /** uid of the one operator that it is about; null for all. */
  operator: z.string().nullable(),
  madeAt: isoTime,
  /** uid of the auditor. */
  madeBy: z.string(),
  /**
   * False when there were more than one export holds (ask from the last one's time on), and of a period that has not been over for a
   * minute. Chains of accounts that are deleted are not in it.
   */
  complete: z.boolean(),
  /** Oldest first. */
  entries: z.array(
    z.strictObject({
      ...shownEntry.shape,
      /** Whose data it was; null where that is not known any more, and for what is about nobody. */
      user: z.string().nullable(),
    }),
  ),
});
export type AccessStatement = z.infer<typeof accessStatement>;

/** What is recorded when data is deleted, and stays as the proof. */
export const DELETION_ACTIONS = [
  'scan_deleted',
  'audit_chains_erased',
  'account_deleted',
] as const satisfies readonly (typeof AUDIT_ACTIONS)[number][];

export const deletionsRequest = z.strictObject(period).refine(isForwards, BACKWARDS);
export type DeletionsRequest = z.infer<typeof deletionsRequest>;

/** How long each kind of data is kept, and what was deleted in the time. */
export const deletionLedger = z.strictObject({
  retention: z.array(z.strictObject({ what: z.string(), kept: z.string(), by: z.string() })),
  entries: z.array(shownEntry),
  more: z.boolean(),
});
export type DeletionLedger = z.infer<typeof deletionLedger>;
