/** Tests retryStepWorkflow on the time-skipping server: which activities it calls and what it writes. */

import { randomUUID } from 'node:crypto';
import type { ScanEvent } from '@reddyfit/shared/scan/events';
import { ScanPipelineError } from '@reddyfit/shared/errors';
import { OPTIONAL_STEP_NAMES, type OptionalStepName } from '@reddyfit/shared/scan/steps';
import type { RetryStepInput, RetryStepResult } from '@reddyfit/shared/temporal/workflows';
import { Context } from '@temporalio/activity';
import { describe, expect, it, vi } from 'vitest';
import { stepActivityInterceptors } from './step-activity.ts';
import type { StepUpdate, StepWritten } from './scan-store.ts';
import { RESULTS } from '../trial/trial-results.ts';
import { en } from '@reddyfit/shared/words/en';
import { onBothQueues } from '../trial/both-queues.ts';
import { timeSkipping } from '../trial/time-skipping.ts';

const server = timeSkipping();

interface Mishaps {
  /** Called with each attempt of the step; may throw, or wait for the cancellation. */
  step?: (attempt: number, untilWritten: (state: string, attempt: number) => Promise<void>) => unknown;
  /** What the document store answers to each write, and what it answers to the write that brings the result. */
  written?: StepWritten;
  resultWritten?: StepWritten;
  /** Runs once the step has begun. */
  meanwhile?: (cancel: () => Promise<unknown>) => Promise<unknown>;
}

async function run(
  step: OptionalStepName,
  { step: mishap, written = 'applied', resultWritten = written, meanwhile }: Mishaps = {},
) {
  const writes: StepUpdate[] = [];
  const published: ScanEvent[] = [];
  const called: string[] = [];
  let begun = () => {};
  const hasBegun = new Promise<void>((resolve) => (begun = resolve));
  const steps = OPTIONAL_STEP_NAMES.map((name) => [
    name,
    async () => {
      called.push(name);
      begun();
      await mishap?.(Context.current().info.attempt, (state, attempt) =>
        vi.waitFor(() => {
          if (!writes.some(({ change }) => change.state === state && change.attempt === attempt))
            throw new Error(`${state} ${attempt} was not written`);
        }, 20_000),
      );
      return RESULTS[name];
    },
  ]);
  const taskQueue = `retry-${randomUUID()}`;
  const { nativeConnection: connection, client } = server.environment;
  const worker = await onBothQueues({
    connection,
    taskQueue,
    workflowBundle: server.workflowBundle,
    interceptors: { activity: [stepActivityInterceptors(() => client)] },
    activities: {
      ...Object.fromEntries(steps),
      async updateStep(update: StepUpdate) {
        writes.push(update);
        return update.result ? resultWritten : written;
      },
      async publishEvent({ events }: { events: ScanEvent[] }) {
        published.push(...events);
      },
    },
  });
  const input: RetryStepInput = {
    scanId: 'scan-1',
    userId: 'user-1',
    step,
    createdAt: '2026-11-25T08:00:00.000Z',
    subject: { sex: 'male', heightCm: 180, ageYears: 36, weightLb: 180 },
    estimation: RESULTS.estimation,
    delta: null,
  };
  const result = await worker.runUntil(async () => {
    const handle = await client.workflow.start('retryStepWorkflow', {
      workflowId: taskQueue,
      taskQueue,
      args: [input],
    });
    if (meanwhile) {
      await hasBegun;
      await meanwhile(() => handle.cancel());
    }
    return (await handle.result()) as RetryStepResult;
  });
  const courses = writes.map(({ change }) => `${change.state} ${change.attempt}`);
  return { result, writes, published, called, courses };
}

describe('a step that goes well', () => {
  it.each(OPTIONAL_STEP_NAMES)('%s alone is run, and brings its result', async (step) => {
    const { result, writes, published, called, courses } = await run(step);
    expect(result).toEqual({ scanId: 'scan-1', step, state: 'completed' });
    expect(called).toEqual([step]);
    expect(courses).toEqual(['running 1', 'completed 1']);
    expect(writes.at(-1)).toMatchObject({
      scanId: 'scan-1',
      step,
      result: RESULTS[step],
      warning: { messageCode: step, message: en.warnings[step] },
    });
    expect(writes.at(-1)!.simulated).toBe(step === 'delta' ? undefined : true);
    expect(published).toMatchObject([
      {
        id: `scan-1:scan.step.completed:${step}`,
        data: { scanId: 'scan-1', userId: 'user-1', status: 'completed', step },
      },
    ]);
  });
});

it('a step that fails once is retried, and says so meanwhile', async () => {
  const { result, courses } = await run('workout', {
    step: (attempt, untilWritten) => {
      if (attempt === 1) throw new ScanPipelineError('ModelUnavailableError');
      return untilWritten('running', 2);
    },
  });
  expect(result.state).toBe('completed');
  expect(courses).toEqual(['running 1', 'retrying 1', 'running 2', 'completed 2']);
});

it('a step that fails for good is failed again, with a sentence and without a result', async () => {
  const { result, writes, published, called } = await run('insights', {
    step: () => {
      throw new ScanPipelineError('ModelUnavailableError');
    },
  });
  expect(result.state).toBe('failed');
  expect(called).toHaveLength(3);
  // A signal of the last attempt may be written after the step's end; the document store drops such a write.
  const end = writes.find(({ change }) => change.state === 'failed');
  expect(end).toMatchObject({
    change: { message: 'The analysis is not available right now. Try again later.' },
  });
  expect(writes.filter((write) => 'result' in write)).toEqual([]);
  expect(published).toEqual([]);
});

it('withdrawn consent ends it at once', async () => {
  const { result, called } = await run('nutrition', {
    step: () => {
      throw new ScanPipelineError('ConsentMissingError');
    },
  });
  expect(result.state).toBe('failed');
  expect(called).toHaveLength(1);
});

it('a canceled step is left as failed', async () => {
  const { result, courses } = await run('hydration', {
    step: () => Context.current().cancelled,
    meanwhile: (cancel) => cancel(),
  });
  expect(result.state).toBe('failed');
  expect(courses).toEqual(['running 1', 'failed 1']);
});

it('a result that comes after consent was withdrawn is told nobody', async () => {
  const { result, writes, published, courses } = await run('insights', { resultWritten: 'unconsented' });
  expect(result.state).toBe('failed');
  expect(courses).toEqual(['running 1', 'completed 1', 'failed 1']);
  expect(writes.at(-1)!.change.message).toBe(en.errors.ConsentMissingError);
  expect(published).toEqual([]);
});

it('a result that another run was faster with is told nobody either', async () => {
  const { result, published } = await run('insights', { resultWritten: 'stale' });
  expect(result.state).toBe('completed');
  expect(published).toEqual([]);
});

it('no model is asked for a scan that was deleted', async () => {
  const { result, called, published } = await run('nutrition', { written: 'missing' });
  expect(result.state).toBe('gone');
  expect([...called, ...published]).toEqual([]);
});
