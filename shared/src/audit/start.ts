/** The audit record of the start of a scan's workflow. */

import type { AuditRecord } from './chain.ts';

/** The record of a workflow that started `at` (ISO 8601). A chain takes it once, by its key. */
export function startRecord({ id, runId }: { id: string; runId: string }, at: string): AuditRecord {
  const action = 'daily_scan_workflow_started';
  return { key: action, action, at, actor: `workflow:${id}`, detail: { runId } };
}
