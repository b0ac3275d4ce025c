/** Replays an archived history against the current workflow code. */

import type { DataConverter } from '@temporalio/client';
import proto from '@temporalio/proto';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { ClosedRun, History } from './ports.ts';
import { workflowSources } from '../platform/workflow-bundle.ts';

/**
 * Resolves when today's workflow issues the same commands as the history; throws DeterminismViolationError otherwise.
 * The data converter must have the keys that were in use when the history was made. Call it in a process of its own: it
 * installs the SDK's runtime.
 */
export async function replay(
  { run, history }: { run: ClosedRun; history: History },
  dataConverter: DataConverter,
): Promise<void> {
  const logger = new DefaultLogger('ERROR');
  // Core logs a mismatch in its own words; the thrown error already says it.
  Runtime.install({ logger, telemetryOptions: { logging: { filter: 'OFF', forward: {} } } });
  const workflowBundle = await bundleWorkflowCode({ ...workflowSources(), logger });
  const message = proto.temporal.api.history.v1.History.fromObject(history);
  // A replay exports no spans, but a workflow with a trace requires the exporter sink to exist.
  const sinks = { exporter: { export: { fn: () => {} } } };
  await Worker.runReplayHistory({ workflowBundle, dataConverter, sinks }, message, run.workflowId);
}
