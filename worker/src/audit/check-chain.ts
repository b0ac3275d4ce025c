/** Checks a chain that others may be writing to. */

import { type AuditFault, auditFaults } from '@reddyfit/shared/audit/check';
import { sha256 } from './firestore-audit.ts';
import type { AuditChains, NamedChain } from './ports.ts';

/**
 * Faults of a chain as it was read; what was read torn, while it grew, is read again as it is at one moment. Resolves with what
 * was looked at in the end.
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
