/** Replays an archived history against the workflows as they are now. */

import type { DataConverter } from '@temporalio/client';
import proto from '@temporalio/proto';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { ClosedRun, History } from './ports.ts';
import { workflowSources } from '../platform/workflow-bundle.ts';

/**
 * Resolves when today's workflow takes the same way. Throws DeterminismViolationError when it does not. The data converter must
 * have the keys of the time when the history was made. For a process of its own: it installs the SDK's runtime.
 */
export async function replay(
  { run, history }: { run: ClosedRun; history: History },
  dataConverter: DataConverter,
): Promise<void> {
  const logger = new DefaultLogger('ERROR');
  // Core tells of a mismatch in its own words; the error that is thrown says it.
  Runtime.install({ logger, telemetryOptions: { logging: { filter: 'OFF', forward: {} } } });
  const workflowBundle = await bundleWorkflowCode({ ...workflowSources(), logger });
  const message = proto.temporal.api.history.v1.History.fromObject(history);
  // A replay exports no spans, but a traced workflow looks for where they would go.
  const sinks = { exporter: { export: { fn: () => {} } } };
  await Worker.runReplayHistory({ workflowBundle, dataConverter, sinks }, message, run.workflowId);
}
