/** Every way in which a scan can go, each once. */

import { setTimeout as wait } from 'node:timers/promises';
import type { TerminalStatus } from '@reddyfit/shared/statuses';
import { signal } from '../processes/marked.ts';
import type { Scans, StartedScan } from './scans.ts';

export interface Scenario {
  /** Names the history's file. */
  readonly name: string;
  /** Resolves with the workflow's id once the scan has ended. */
  run(scans: Scans): Promise<string>;
}

/** Throws when the scan ends otherwise, for then the history is not what its name says. */
async function ending(scan: StartedScan, status: TerminalStatus, warnings = 0): Promise<string> {
  const ended = await scan.ended;
  if (ended.status !== status || ended.warnings?.length !== warnings) {
    throw new Error(`a scan that should have ended as ${status} ended as ${ended.status}`);
  }
  return scan.workflowId;
}

/** Pid of the worker that has an activity of this workflow under way; null as long as none has. */
async function workerAt({ temporal }: Scans, workflowId: string, activity: string): Promise<number | null> {
  const { raw } = await temporal.workflow.getHandle(workflowId).describe();
  const pending = raw.pendingActivities?.find(({ activityType }) => activityType?.name === activity);
  // An identity is pid@host.
  const pid = Number.parseInt(pending?.lastWorkerIdentity ?? '', 10);
  return Number.isNaN(pid) ? null : pid;
}

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'completed',
    run: async (scans) => ending(await scans.start(), 'completed'),
  },
  {
    // With a collector, a search attribute for the outcome and a retry: what interceptors wrap must come in the same order.
    name: 'traced',
    async run(scans) {
      await scans.fault('nutrition', 'server_error');
      return ending(await scans.start(), 'completed');
    },
  },
  {
    name: 'rejected',
    async run(scans) {
      await scans.fault('qualityCheck', 'reject');
      return ending(await scans.start(), 'rejected');
    },
  },
  {
    name: 'failed-at-quality-check',
    async run(scans) {
      await scans.fault('qualityCheck', 'refusal', 2);
      return ending(await scans.start(), 'failed');
    },
  },
  {
    name: 'failed-at-estimation',
    async run(scans) {
      await scans.fault('estimation', 'refusal', 2);
      return ending(await scans.start(), 'failed');
    },
  },
  {
    name: 'canceled',
    async run(scans) {
      await scans.fault('estimation', 'hang');
      const scan = await scans.start();
      await scan.until(({ steps }) => steps?.hydration.state === 'completed');
      await scans.struck();
      await scans.temporal.workflow.getHandle(scan.workflowId).cancel();
      return ending(scan, 'canceled');
    },
  },
  {
    name: 'degraded',
    async run(scans) {
      await scans.fault('nutrition', 'overloaded', 3);
      return ending(await scans.start(), 'completed', 1);
    },
  },
  {
    name: 'retried',
    async run(scans) {
      await scans.fault('insights', 'server_error', 2);
      await scans.fault('estimation', 'rate_limit');
      return ending(await scans.start(), 'completed');
    },
  },
  {
    name: 'step-run-again',
    async run(scans) {
      await scans.fault('workout', 'server_error', 3);
      const scan = await scans.start();
      await ending(scan, 'completed', 1);
      await scans.fault('workout', 'server_error');
      return scans.retryStep(scan, 'workout');
    },
  },
  {
    name: 'step-run-again-in-vain',
    async run(scans) {
      await scans.fault('insights', 'server_error', 6);
      const scan = await scans.start();
      await ending(scan, 'completed', 1);
      return scans.retryStep(scan, 'insights');
    },
  },
  {
    name: 'worker-killed',
    async run(scans) {
      const victim = await scans.addWorker();
      for (;;) {
        await scans.fault('estimation', 'hang');
        const scan = await scans.start();
        await scans.struck();
        const holder = await estimating(scans, scan.workflowId);
        if (holder === victim.pid) {
          signal(-victim.pid, 'SIGKILL');
          return ending(scan, 'completed');
        }
        // The stack's own worker has it, which must not die.
        await scans.temporal.workflow.getHandle(scan.workflowId).cancel();
        await scan.ended;
      }
    },
  },
];

/** Resolves with the pid of the worker that makes the estimation. */
async function estimating(scans: Scans, workflowId: string): Promise<number> {
  for (;;) {
    const pid = await workerAt(scans, workflowId, 'estimation').catch(() => null);
    if (pid !== null) return pid;
    await wait(100);
  }
}
