/** Closed runs of scan workflows, found with Temporal's visibility API. */

import { DAY_MS } from '@reddyfit/shared/durations';
import { DAILY_SCAN_WORKFLOW } from '@reddyfit/shared/names/ids';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import proto from '@temporalio/proto';
import type { ClosedRun, ClosedRuns } from './ports.ts';

/** Assumed retention of closed workflows (ms) when the namespace states none. */
const USUAL_RETENTION_MS = 30 * DAY_MS;

const { WorkflowExecutionStatus } = proto.temporal.api.enums.v1;

/** Runs of the namespace of `client`, which is called for each request, since the worker may have reconnected meanwhile. */
export function temporalClosedRuns(client: () => Client): ClosedRuns {
  const { namespace } = client().options;
  return {
    async page({ from, until }, token, size) {
      const query = `WorkflowType = '${DAILY_SCAN_WORKFLOW}' AND CloseTime >= '${from}' AND CloseTime < '${until}'`;
      const { executions, nextPageToken } = await client().workflowService.listWorkflowExecutions({
        namespace,
        query,
        pageSize: size,
        ...(token !== null && { nextPageToken: Buffer.from(token, 'base64') }),
      });
      return {
        runs: executions.map(({ execution, closeTime, status }): ClosedRun => ({
          workflowId: execution!.workflowId!,
          runId: execution!.runId!,
          closedAt: dateOf(closeTime!),
          status: WorkflowExecutionStatus[status!].replace('WORKFLOW_EXECUTION_STATUS_', ''),
        })),
        nextToken: nextPageToken.length > 0 ? Buffer.from(nextPageToken).toString('base64') : null,
      };
    },

    async history({ workflowId, runId }) {
      try {
        return await client().workflow.getHandle(workflowId, runId).fetchHistory();
      } catch (error) {
        if (error instanceof WorkflowNotFoundError || (error as { code?: unknown }).code === 5) return null;
        throw error;
      }
    },

    async retentionMs() {
      const { config } = await client().workflowService.describeNamespace({ namespace });
      const seconds = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0);
      return seconds > 0 ? seconds * 1000 : USUAL_RETENTION_MS;
    },
  };
}

function dateOf({ seconds, nanos }: { seconds?: unknown; nanos?: number | null }): Date {
  return new Date(Number(seconds) * 1000 + Math.floor((nanos ?? 0) / 1_000_000));
}
