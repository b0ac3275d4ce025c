/** Checks a chain that others may be writing to. */

import { type AuditFault, auditFaults } from '@reddyfit/shared/audit/check';
import { sha256 } from './firestore-audit.ts';
import type { AuditChains, NamedChain } from './ports.ts';

/**
 * Finds the faults of a chain. When `found` has faults, reads the chain again in one transaction, because a chain that
 * grew while it was read looks torn. Resolves with the chain that was checked last and its faults.
 */
export async function checkChain(
  chains: Pick<AuditChains, 'read'>,
  found: NamedChain,
): Promise<{ stored: NamedChain; faults: AuditFault[] }> {
  const faults = auditFaults(found, sha256);
  if (faults.length === 0) return { stored: found, faults };
  const stored = await chains.read(found.chain);
  return { stored, faults: auditFaults(stored, sha256) };
}
