/** What an auditor sees at the desk. */

import { z } from 'zod';
import { AUDIT_ACTIONS } from '../audit/chain.ts';
import { isoTime } from '../timestamps.ts';

/** What is recorded when somebody looks at a user's data, or does something with it. */
export const ACCESS_ACTIONS = [
  'scan_viewed',
  'scan_revealed',
  'operator_acted',
  'payloads_decoded',
  'history_read',
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

/** Who saw data between two moments: by one operator, or by all. */
export const accessesRequest = z.strictObject({
  from: isoTime,
  to: isoTime,
  /** uid of one operator. */
  operator: z
    .string()
    .regex(/^[^/]{1,128}$/)
    .optional(),
});
export type AccessesRequest = z.infer<typeof accessesRequest>;

/** Oldest first; `more` when there were too many for one answer: ask from the last one's time on. */
export const accesses = z.strictObject({ entries: z.array(shownEntry), more: z.boolean() });
export type Accesses = z.infer<typeof accesses>;
