/** Audit chains: each entry of a chain carries the hash of the entry before it. */

import { z } from 'zod';
import type { TerminalStatus } from '../scan/statuses.ts';

/**
 * Every action that an audit chain may record: about scans, credits, consents, deleted accounts, webhooks, and what
 * operators read and change.
 */
export const AUDIT_ACTIONS = [
  'scan_admitted',
  'scan_refused',
  'daily_scan_workflow_started',
  'step_completed',
  'step_failed',
  'step_skipped',
  'scan_quality_rejected',
  'daily_scan_workflow_completed',
  'daily_scan_workflow_failed',
  'daily_scan_workflow_canceled',
  'scan_cancel_requested',
  'scan_canceled',
  'scan_step_retry_requested',
  'scan_deleted',
  'credit_reserved',
  'credit_committed',
  'credit_refunded',
  'credits_granted',
  'consent_granted',
  'consent_withdrawn',
  'audit_chains_erased',
  'account_deleted',
  'payloads_decoded',
  'history_read',
  'webhook_added',
  'webhook_enabled',
  'webhook_disabled',
  'webhook_secret_rotated',
  'scans_found',
  'scan_viewed',
  'scan_revealed',
  'operator_acted',
  'operator_act_done',
  'operator_limited',
  'accesses_listed',
  'accesses_exported',
  'deletions_listed',
  'chains_checked',
  'admission_paused',
  'admission_resumed',
  'operator_role_asked',
  'operator_role_changed',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** The action that is recorded for each status with which a scan's workflow ends the scan. */
export const OUTCOME_ACTIONS = {
  completed: 'daily_scan_workflow_completed',
  rejected: 'scan_quality_rejected',
  failed: 'daily_scan_workflow_failed',
  canceled: 'daily_scan_workflow_canceled',
} as const satisfies Record<TerminalStatus, AuditAction>;

/** auditLogs/{scanId}/entries/{seq}, written by the server, never updated. */
export const auditEntry = z.strictObject({
  /** 1, 2, 3, … without a gap. */
  seq: z.number().int().positive(),
  /** ISO 8601, UTC. */
  at: z.iso.datetime(),
  /** Who did what the entry records: `function:<name>`, `workflow:<id>`, `user:<uid>` or `operator:<name>`. */
  actor: z.string().min(1),
  action: z.enum(AUDIT_ACTIONS),
  /** Ids and codes, no health data. */
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** `hash` of the entry before; 64 zeros in the first. */
  prevHash: z.string().regex(/^[0-9a-f]{64}$/),
  /** SHA-256, in hex, of the canonical JSON of all fields above. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/**
 * Name of the chain that records the deletion of an account. `digest` is the SHA-256 of the account's uid in hex: whoever
 * knows the uid finds the proof, and the proof does not reveal the uid. The colon keeps the name apart from scan ids.
 */
export function accountChain(digest: string): string {
  return `account:${digest}`;
}

/** Name of the chain that records what concerns a user but none of their scans, such as consents and grants of credits. */
export function userChain(uid: string): string {
  return `user:${uid}`;
}

/**
 * Name of the chain that records what an operator read or did that belongs to no single scan and no single user, and
 * changes of the operator's role.
 */
export function operatorChain(uid: string): string {
  return `operator:${uid}`;
}

/** Name of the chain that records when operators paused new scans, and when they resumed them. */
export const ADMISSION_CHAIN = 'operations:admission';

/** auditLogs/{scanId}: where the chain ends, and which keys it has recorded. */
export const auditHead = z.strictObject({
  seq: z.number().int().nonnegative(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** Idempotency key → seq. */
  keys: z.record(z.string(), z.number().int().positive()),
});
export type AuditHead = z.infer<typeof auditHead>;

/**
 * How many keys with a colon (`<kind>:<id>`) a head keeps. A repeat of such a fact comes soon after the first, and a
 * document holds 1 MiB at most, so older keys of that kind are dropped.
 */
const KEPT_KEYS = 200;

export const EMPTY_AUDIT_HEAD: AuditHead = { seq: 0, hash: '0'.repeat(64), keys: {} };

/**
 * What is to be recorded. `key` is the idempotency key of the fact: a record whose key the head has is not appended again.
 * A key with a colon belongs to a kind of fact that recurs without limit; of those, the head keeps the latest 200.
 */
export interface AuditRecord {
  key: string;
  at: string;
  actor: string;
  action: AuditAction;
  detail: AuditEntry['detail'];
}

/** SHA-256 of UTF-8 text in hex. The caller passes it in, because this package has no Node built-ins. */
export type Sha256 = (text: string) => string;

/** JSON with the keys of every object in code-unit order and no white space (RFC 8785 for the values used here). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`);
    return `{${fields.join(',')}}`;
  }
  return JSON.stringify(value);
}

/** Hash of an entry: SHA-256 over the canonical JSON of everything but `hash`. */
export function auditHash(entry: Omit<AuditEntry, 'hash'>, sha256: Sha256): string {
  return sha256(canonicalJson(entry));
}

/**
 * The entries that `records` add to the chain after `head`, and the new head. A record is left out when its key is in the
 * head or came before in `records`.
 */
export function appendAudit(
  head: AuditHead,
  records: readonly AuditRecord[],
  sha256: Sha256,
): { entries: AuditEntry[]; head: AuditHead } {
  const entries: AuditEntry[] = [];
  let { seq, hash } = head;
  const keys = { ...head.keys };
  for (const { key, ...record } of records) {
    if (Object.hasOwn(keys, key)) continue;
    const unhashed = { seq: seq + 1, ...record, prevHash: hash };
    const entry: AuditEntry = { ...unhashed, hash: auditHash(unhashed, sha256) };
    entries.push(entry);
    ({ seq, hash } = entry);
    keys[key] = seq;
  }
  return { entries, head: { seq, hash, keys: recent(keys) } };
}

/** All keys that have no colon, and the latest KEPT_KEYS of those that have one. */
function recent(keys: AuditHead['keys']): AuditHead['keys'] {
  const all = Object.entries(keys);
  const numbered = all.filter(([key]) => key.includes(':'));
  if (numbered.length <= KEPT_KEYS) return keys;
  const oldest = numbered.toSorted(([, a], [, b]) => b - a).at(KEPT_KEYS - 1)![1];
  return Object.fromEntries(all.filter(([key, seq]) => !key.includes(':') || seq >= oldest));
}
