/** The audit chain of a scan: each entry carries the hash of the one before it. */

import { z } from 'zod';

/** What is recorded of a scan, and of an account's end. */
export const AUDIT_ACTIONS = [
  'scan_admitted',
  'scan_refused',
  'daily_scan_workflow_started',
  'scan_quality_rejected',
  'daily_scan_workflow_completed',
  'daily_scan_workflow_failed',
  'daily_scan_workflow_canceled',
  'scan_cancel_requested',
  'scan_canceled',
  'scan_step_retry_requested',
  'scan_deleted',
  'account_deleted',
  'payloads_decoded',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

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

/** Name of the chain that holds what an operator looked at beside scans. */
export function operatorChain(uid: string): string {
  return `operator:${uid}`;
}

/** auditLogs/{scanId}: where the chain ends, and which keys it has recorded. */
export interface AuditHead {
  seq: number;
  hash: string;
  /** Idempotency key → seq. */
  keys: Record<string, number>;
}

export const EMPTY_AUDIT_HEAD: AuditHead = { seq: 0, hash: '0'.repeat(64), keys: {} };

/** What is to be recorded; `key` names the fact, so that recording it again changes nothing. */
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

/** The entry and head that follow `head`, or null when the key is already recorded. */
export function appendAudit(
  head: AuditHead,
  { key, ...record }: AuditRecord,
  sha256: Sha256,
): { entry: AuditEntry; head: AuditHead } | null {
  if (Object.hasOwn(head.keys, key)) return null;
  const unhashed = { seq: head.seq + 1, ...record, prevHash: head.hash };
  const entry: AuditEntry = { ...unhashed, hash: auditHash(unhashed, sha256) };
  return {
    entry,
    head: { seq: entry.seq, hash: entry.hash, keys: { ...head.keys, [key]: entry.seq } },
  };
}

/** Checks a whole chain in order of `seq`. Returns null when it is whole, else what is wrong and where. */
export function verifyAudit(entries: readonly AuditEntry[], sha256: Sha256): string | null {
  let prevHash = EMPTY_AUDIT_HEAD.hash;
  for (const [index, entry] of entries.entries()) {
    const { hash, ...unhashed } = entry;
    if (entry.seq !== index + 1)
      return `entry ${index + 1} is missing or out of order (found seq ${entry.seq})`;
    if (entry.prevHash !== prevHash) return `entry ${entry.seq} does not follow the entry before it`;
    if (auditHash(unhashed, sha256) !== hash) return `entry ${entry.seq} was changed`;
    prevHash = hash;
  }
  return null;
}
