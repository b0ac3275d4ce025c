/** Audit chains, as activities write and check them. */

import type { AuditRecord } from '@reddyfit/shared/audit/chain';
import type { StoredChain } from '@reddyfit/shared/audit/check';

/** Audit chains. */
export interface AuditLog {
  /** Appends once per `record.key` to the chain of a scan, or to one of those that audit.ts names. */
  append(chain: string, record: AuditRecord): Promise<void>;
}

/** A chain with its name, as the database has it. */
export interface NamedChain extends StoredChain {
  chain: string;
  entries: { id: string; data: unknown }[];
}

/** Audit chains, for whoever checks them. */
export interface AuditChains {
  /** One, as it is at one moment. */
  read(chain: string): Promise<NamedChain>;
  /** All whose names come after `after`, in the order of their names' bytes. One that is written to meanwhile may come torn. */
  all(after?: string): AsyncIterable<NamedChain>;
  /** SHA-256 in hex of the names of the chains that went with an account since `since` (ISO 8601). */
  erased(since: string): Promise<ReadonlySet<string>>;
}

/** What a verification of all chains found. */
export interface AuditVerification {
  chains: number;
  entries: number;
  broken: number;
  /** The first of the broken ones, with what is wrong. */
  faults: string[];
  /** Object of the day's anchor, and its root. */
  anchor: string;
  root: string;
}
