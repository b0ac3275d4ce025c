/** Ports: audit chains, to append to and to check. */

import type { AuditRecord } from '@reddyfit/shared/audit/chain';
import type { StoredChain } from '@reddyfit/shared/audit/check';

/** Appends to audit chains. */
export interface AuditLog {
  /**
   * Appends a record to the chain of a scan, or to one of the chains that the audit module of `shared` names.
   * Idempotency key: `record.key`.
   */
  append(chain: string, record: AuditRecord): Promise<void>;
}

/** A chain with its name, as it is in the database. */
export interface NamedChain extends StoredChain {
  chain: string;
  entries: { id: string; data: unknown }[];
}

/** Reads audit chains, to check them. */
export interface AuditChains {
  /** Reads one chain in one transaction. */
  read(chain: string): Promise<NamedChain>;
  /**
   * All chains whose names come after `after`, in byte order of their names. A chain that is written to meanwhile may
   * be read torn.
   */
  all(after?: string): AsyncIterable<NamedChain>;
  /** SHA-256 in hex of the names of the chains that were deleted with an account since `since` (ISO 8601). */
  erased(since: string): Promise<ReadonlySet<string>>;
}

/** What a verification of all chains found. */
export interface AuditVerification {
  chains: number;
  entries: number;
  /** Broken chains, and broken objects of the archive. */
  broken: number;
  /** Descriptions of the first few broken chains and objects of the archive. */
  faults: string[];
  /** Name of the day's anchor object, and the anchor's root; null when somebody has broken what the archive has of that day. */
  anchor: string | null;
  root: string | null;
}
