/** Records that an operator read health data, before they do. */

import { operatorChain } from '@reddyfit/shared/audit/chain';
import { scanIdOfWorkflow } from '@reddyfit/shared/names/ids';
import type { AuditChains, AuditLog } from './ports.ts';

export interface OperatorRead {
  /** Name of the operator. */
  operator: string;
  workflowId: string;
  runId: string;
  /** Why: `replay`. */
  purpose: string;
}

/**
 * Writes the read of an archived history to the chain of its scan; to the operator's own when that went with an account, since it
 * must not come back. Key: `key`, a new one for each read.
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
