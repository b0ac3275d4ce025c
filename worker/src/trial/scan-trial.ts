/** Shared by the workflow tests: a time-skipping server, and a scan run with activities that take the steps' nominal times. */

import { randomUUID } from 'node:crypto';
import { type DailyScanInput, SCAN_COURSE } from '@reddyfit/shared/temporal/workflows';
import type { StepName } from '@reddyfit/shared/scan/steps';
import { Context } from '@temporalio/activity';
import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Activities, Afterwards, AfterWrite } from '../scan/activities.ts';
import { stepActivityInterceptors } from '../scan/step-activity.ts';
import type { ScanUpdate, ScanWritten } from '../scan/scan-store.ts';
import type { dailyScanWorkflow } from '../scan/daily-scan.ts';
import { onBothQueues } from './both-queues.ts';
import { type TimeSkipping, timeSkipping } from './time-skipping.ts';
import { ANSWER_NOTHING, RESULTS } from './trial-results.ts';

export const REJECTED = {
  ...RESULTS.qualityCheck,
  accepted: false,
  photos: {
    ...RESULTS.qualityCheck.photos,
    left: {
      accepted: false,
      issues: [{ code: 'too_dark' as const, message: 'The left photo is too dark.' }],
    },
  },
};

/** One call of an activity. `at` is server time in seconds since the scan began. */
export interface Call {
  name: keyof Activities;
  attempt: number;
  at: number;
  input: unknown;
}

export interface Trial {
  /** The status with which the workflow ended. */
  status: string;
  /** Server time from the start to the last write (s). */
  seconds: number;
  calls: Call[];
  /** Every applied write to the document, in order, with the server time (s) at which it was requested. */
  writes: (ScanUpdate & { at: number; call: unknown })[];
  called(name: keyof Activities): Call[];
  last: Trial['writes'][number];
}

/** Makes something go wrong: called with each activity's name, attempt and call before the activity does its work. */
export type Mishap = (name: keyof Activities, attempt: number, call: Call) => unknown;

/** Makes a server that all trials of a test file share. Without interceptors a step takes the time of its activity. */
export function trials(interceptors: readonly string[] = ['./nominal-time.ts']) {
  const server = timeSkipping(interceptors);
  return { run: (options: TrialOptions = {}) => runTrial(server, options) };
}

export interface TrialOptions {
  input?: Partial<DailyScanInput>;
  /** May throw, or return a result that replaces the activity's own. */
  mishap?: Mishap;
  /** Runs once the workflow has started. */
  meanwhile?: (
    handle: WorkflowHandleWithFirstExecutionRunId<typeof dailyScanWorkflow>,
    environment: TestWorkflowEnvironment,
  ) => Promise<void>;
}

async function runTrial(
  { environment, workflowBundle }: TimeSkipping,
  { input, mishap, meanwhile }: TrialOptions,
): Promise<Trial> {
  const scanId = randomUUID();
  const taskQueue = `trial-${scanId}`;
  const calls: Call[] = [];
  const writes: Trial['writes'] = [];
  const created = await environment.currentTimeMs();
  // Time counts from the first activity, because the worker takes real time to start.
  let began: number | undefined;

  /** An activity that records its call and answers at once. */
  const activity =
    (name: keyof Activities, result: unknown) =>
    async (argument: unknown): Promise<unknown> => {
      const { info } = Context.current();
      const now = await environment.currentTimeMs();
      began ??= now;
      const at = (now - began) / 1000;
      const call = { name, attempt: info.attempt, at, input: argument };
      calls.push(call);
      const instead = await mishap?.(name, info.attempt, call);
      const isApplied = ((instead as ScanWritten | undefined)?.outcome ?? 'applied') === 'applied';
      if (name !== 'updateFirestore' || !isApplied) return instead ?? result;
      writes.push({ ...(argument as ScanUpdate), at, call: argument });
      return { ...((instead ?? result) as object), ...(await afterwards(argument, at)) };
    };

  /** Does what a write says of the aftermath as the real activity does it, each part as the first attempt of its activity. */
  async function afterwards(argument: unknown, at: number): Promise<AfterWrite> {
    const parts = (argument as { afterwards?: Afterwards }).afterwards ?? {};
    const done: (keyof Afterwards)[] = [];
    const waitMs: AfterWrite['waitMs'] = {};
    for (const name of Object.keys(parts) as (keyof Afterwards)[]) {
      const call = { name, attempt: 1, at, input: parts[name] };
      calls.push(call);
      try {
        // oxlint-disable-next-line no-await-in-loop -- in order
        await mishap?.(name, 1, call);
        done.push(name);
      } catch {
        // Its own activity does it, after this wait.
        waitMs[name] = 1000;
      }
    }
    return { done, waitMs };
  }

  const steps = Object.entries(RESULTS).map(([name, result]) => [name, activity(name as StepName, result)]);
  const others = ANSWER_NOTHING.map((name) => [name, activity(name, undefined)]);
  const write = ['updateFirestore', activity('updateFirestore', { outcome: 'applied' })];

  const worker = await onBothQueues({
    connection: environment.nativeConnection,
    taskQueue,
    workflowBundle,
    activities: Object.fromEntries([...steps, ...others, write]),
    interceptors: { activity: [stepActivityInterceptors(() => environment.client)] },
  });
  const scan: DailyScanInput = {
    scanId,
    userId: 'user-1',
    photoUrls: { front: 'gs://b/front', back: 'gs://b/back', left: 'gs://b/left', right: 'gs://b/right' },
    subject: { sex: 'male', heightCm: 180, ageYears: 36, weightLb: 180 },
    createdAt: new Date(created).toISOString(),
    rev: 1,
    course: SCAN_COURSE,
    ...input,
  };
  const result = await worker.runUntil(async () => {
    const handle = await environment.client.workflow.start<typeof dailyScanWorkflow>('dailyScanWorkflow', {
      workflowId: `daily-scan-${scanId}`,
      taskQueue,
      args: [scan],
    });
    await meanwhile?.(handle, environment);
    return handle.result();
  });
  return {
    status: result.status,
    // Not read from the server's clock: once the workflow has ended, the server skips to the workflow's own deadline,
    // years ahead.
    seconds: writes.at(-1)?.at ?? 0,
    calls,
    writes,
    called: (name) => calls.filter((call) => call.name === name),
    last: writes.at(-1)!,
  };
}
