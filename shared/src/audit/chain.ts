/** The audit chain of a scan: each entry carries the hash of the one before it. */

import { z } from 'zod';
import type { TerminalStatus } from '../scan/statuses.ts';

/** What is recorded of a scan, of a user, of an operator's looks, and of an account's end. */
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
  'admission_paused',
  'admission_resumed',
  'operator_role_asked',
  'operator_role_changed',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** What is recorded when a scan's workflow ends it. */
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
  /** Who did it: `function:<name>`, `workflow:<id>`, `user:<uid>` or `operator:<name>`. */
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
 * Name of the chain that holds the end of an account. `digest` is the SHA-256 of its uid in hex, so that who asks with the
 * uid finds the proof and nobody finds the uid. The colon keeps it apart from scan ids.
 */
export function accountChain(digest: string): string {
  return `account:${digest}`;
}

/** Name of the chain that holds what is recorded of a user beside their scans: consent, and credits of no scan. */
export function userChain(uid: string): string {
  return `user:${uid}`;
}

/** Name of the chain that holds what an operator looked at and changed beside scans and accounts. */
export function operatorChain(uid: string): string {
  return `operator:${uid}`;
}

/** Name of the chain that holds when operators stopped taking new scans, and when they began again. */
export const ADMISSION_CHAIN = 'operations:admission';

/** auditLogs/{scanId}: where the chain ends, and which keys it has recorded. */
export const auditHead = z.strictObject({
  seq: z.number().int().nonnegative(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** Idempotency key → seq. */
  keys: z.record(z.string(), z.number().int().positive()),
});
export type AuditHead = z.infer<typeof auditHead>;

/** Keys `<kind>:<id>` that a head remembers: a fact that comes again comes soon, and a document has an end (1 MiB). */
const KEPT_KEYS = 200;

export const EMPTY_AUDIT_HEAD: AuditHead = { seq: 0, hash: '0'.repeat(64), keys: {} };

/**
 * What is to be recorded; `key` names the fact, so that recording it again changes nothing. A key with a colon belongs to
 * facts that come without end, of which the latest 200 are known.
 */
export interface AuditRecord {
  key: string;
  at: string;
  actor: string;
  action: AuditAction;
  detail: AuditEntry['detail'];
}

/** SHA-256 of UTF-8 text in hex; handed in because this package has no Node built-ins. */
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

/** The entries and head that follow `head`; without those whose keys are recorded already. */
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

/** Keys without those of facts long past. */
function recent(keys: AuditHead['keys']): AuditHead['keys'] {
  const all = Object.entries(keys);
  const numbered = all.filter(([key]) => key.includes(':'));
  if (numbered.length <= KEPT_KEYS) return keys;
  const oldest = numbered.toSorted(([, a], [, b]) => b - a).at(KEPT_KEYS - 1)![1];
  return Object.fromEntries(all.filter(([key, seq]) => !key.includes(':') || seq >= oldest));
}
