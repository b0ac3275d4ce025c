/** Records that an operator is about to read health data, before the data is read. */

import { operatorChain } from '@reddyfit/shared/audit/chain';
import { scanIdOfWorkflow } from '@reddyfit/shared/names/ids';
import type { AuditChains, AuditLog } from './ports.ts';

export interface OperatorRead {
  /** Name of the operator. */
  operator: string;
  workflowId: string;
  runId: string;
  /** The purpose of the read: `replay`. */
  purpose: string;
}

/**
 * Records the read of an archived history in the audit chain of its scan. When that chain no longer exists, because it
 * was deleted with its account, records it in the operator's own chain, since a deleted chain must not come back.
 * Idempotency key: `key`, a new one for each read.
 */
export async function recordHistoryRead(
  { log, chains }: { log: AuditLog; chains: Pick<AuditChains, 'read'> },
  { operator, workflowId, runId, purpose }: OperatorRead,
  { key, at }: { key: string; at: string },
): Promise<void> {
  const scanId = scanIdOfWorkflow(workflowId);
  const kept = scanId !== null && (await chains.read(scanId)).head !== undefined;
  await log.append(kept ? scanId : operatorChain(operator), {
    key: `history_read:${key}`,
    at,
    actor: `operator:${operator}`,
    action: 'history_read',
    detail: { workflowId, runId, purpose },
  });
}
