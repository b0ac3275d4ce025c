import { ScanPipelineError } from '@reddyfit/shared/errors';
import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { STEP } from '@reddyfit/shared/scan/steps';
import { withSpent } from '../model/spent.ts';
import { LONGEST_WAIT_MS, stepActivityInterceptors, tellOfWaitBy } from './step-activity.ts';

/** Runs `work` as an activity with the interceptors, and records the signals that its workflow would get. */
async function run(
  work: (client: Client) => Promise<unknown>,
  info: object = {},
  announces = true,
  given?: object,
) {
  const signals: unknown[] = [];
  const client = {
    connection: { withDeadline: (_: number, call: () => Promise<void>) => call() },
    workflow: {
      getHandle: () => ({
        async signal(_: string, argument: unknown) {
          if (!announces) throw new Error('Temporal is away');
          signals.push(argument);
        },
      }),
    },
  } as unknown as Client;
  const environment = new MockActivityEnvironment(
    {
      activityType: 'estimation',
      workflowExecution: { workflowId: 'w', runId: 'r' },
      scheduledTimestampMs: Date.now(),
      scheduleToCloseTimeoutMs: STEP.estimation.policy.timeLimitMs,
      ...info,
    },
    { interceptors: [stepActivityInterceptors(() => client)] },
  );
  const failure = await environment
    .run((_given?: object) => work(client), given)
    .then(
      () => null,
      (error: unknown) => error as ApplicationFailure,
    );
  return { failure, signals };
}

describe('an activity that lasts', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('beats once within its heartbeat timeout, early enough to be sent again, and no more once it has ended', async () => {
    const environment = new MockActivityEnvironment(
      { heartbeatTimeoutMs: 14_000 },
      { interceptors: [stepActivityInterceptors(() => ({}) as Client)] },
    );
    const beats: number[] = [];
    const begun = Date.now();
    environment.on('heartbeat', () => beats.push(Date.now() - begun));
    const ran = environment.run(() => new Promise<void>((resolve) => void setTimeout(resolve, 28_000)));
    await vi.advanceTimersByTimeAsync(60_000);
    await ran;
    expect(beats).toEqual([9000, 18_000, 27_000]);
  });

  it.each([
    ['delta', 2000, [{ step: 'delta', attempt: 1, takesLong: true }]],
    ['delta', 800, []],
    ['estimation', 2000, []],
  ])(
    '%s of %i ms tells its workflow that it takes long only where that is waited for',
    async (activityType, ms, told) => {
      const ran = run(() => new Promise<void>((resolve) => void setTimeout(resolve, ms)), { activityType });
      await vi.advanceTimersByTimeAsync(5000);
      expect((await ran).signals).toEqual(told);
    },
  );
});

describe('an activity that takes long while Temporal does not hear it', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('says so again until it is heard, and no more once it has ended', async () => {
    const lasting = (ms: number, deaf: number) => {
      let asked = 0;
      const signals: unknown[] = [];
      const getHandle = () => ({
        signal: async (_name: string, attempt: unknown) => {
          if (++asked <= deaf) throw new Error('unavailable');
          signals.push(attempt);
        },
      });
      const client = {
        workflow: { getHandle },
        connection: { withDeadline: (_: number, call: () => Promise<void>) => call() },
      } as unknown as Client;
      const environment = new MockActivityEnvironment(
        { activityType: 'delta', workflowExecution: { workflowId: 'w', runId: 'r' } },
        { interceptors: [stepActivityInterceptors(() => client)] },
      );
      const ran = environment.run(() => new Promise<void>((resolve) => void setTimeout(resolve, ms)));
      return { ran, signals, asked: () => asked };
    };
    const heard = lasting(10_000, 3);
    const never = lasting(3500, Infinity);
    await vi.advanceTimersByTimeAsync(60_000);
    await Promise.all([heard.ran, never.ran]);
    expect(heard.signals).toEqual([{ step: 'delta', attempt: 1, takesLong: true }]);
    expect(heard.asked()).toBe(4);
    expect(never.asked()).toBe(3);
  });
});

it('tells that it has begun for a scan that waits for others, at its first attempt, and else costs no signal', async () => {
  const done = async () => {};
  expect((await run(done, {}, true, { busy: true })).signals).toEqual([
    { step: 'estimation', attempt: 1, begun: true },
  ]);
  expect((await run(done, { attempt: 2 }, true, { busy: true })).signals).toEqual([
    { step: 'estimation', attempt: 2 },
  ]);
  expect((await run(done, {}, true, { scanId: 's' })).signals).toEqual([]);
});

describe('an activity that fails', () => {
  it('fails with the type and sentence of the vocabulary', async () => {
    const { failure } = await run(async () => {
      throw new ScanPipelineError('InvalidImageError.photo', { params: { angle: 'left' } });
    });
    expect(failure).toMatchObject({
      type: 'InvalidImageError',
      message: 'The left photo could not be read. Take it again as a JPEG and start a new scan.',
      details: [{ messageCode: 'InvalidImageError.photo', params: { angle: 'left' } }],
      nonRetryable: true,
    });
    expect(failure?.cause).toBeUndefined();
  });

  it('keeps the text of an unknown error to itself', async () => {
    const { failure } = await run(async () => {
      throw new TypeError('weight 183.2 of demo-user');
    });
    expect(failure).toMatchObject({ type: 'InternalError', nonRetryable: false });
    expect(JSON.stringify([failure?.message, failure?.stack])).not.toContain('183.2');
  });

  it('announces when it comes again', async () => {
    const before = Date.now();
    const { signals } = await run(async () => {
      throw new ScanPipelineError('ModelUnavailableError');
    });
    const failed = { code: 'ModelUnavailableError', ms: expect.any(Number) };
    expect(signals).toEqual([{ step: 'estimation', attempt: 1, nextRetryAt: expect.any(String), failed }]);
    const wait = Date.parse((signals[0] as { nextRetryAt: string }).nextRetryAt) - before;
    expect(wait).toBeGreaterThanOrEqual(5000);
    expect(wait).toBeLessThan(8000);
  });

  it('tells what it has asked of a model, in the news of an attempt and in the failure of the last one', async () => {
    const spent = { model: 'gpt-test', asks: 2, inputTokens: 200, outputTokens: 20, ms: 10 };
    const last = await run(async () => {
      throw withSpent(new ScanPipelineError('ModelResponseError'), spent);
    });
    expect(last.failure).toMatchObject({ nonRetryable: true, details: [{ spent }] });
    expect(last.signals).toEqual([]);
    const first = await run(async () => {
      throw withSpent(new ScanPipelineError('ModelUnavailableError'), spent);
    });
    expect(first.signals).toMatchObject([{ failed: { code: 'ModelUnavailableError', spent } }]);
  });

  it('waits as long as it was asked to', async () => {
    const { failure, signals } = await run(async () => {
      throw new ScanPipelineError('ModelRateLimitedError', { retryAfterMs: 40_000 });
    });
    expect(failure?.nextRetryDelay).toBe(40_000);
    const { nextRetryAt } = signals[0] as { nextRetryAt: string };
    expect(Date.parse(nextRetryAt) - Date.now()).toBeGreaterThan(35_000);
  });

  it('waits its own time when it was asked for none', async () => {
    const { failure, signals } = await run(async () => {
      throw new ScanPipelineError('ModelRateLimitedError', { retryAfterMs: 0 });
    });
    expect(failure?.nextRetryDelay).toBeUndefined();
    const { nextRetryAt } = signals[0] as { nextRetryAt: string };
    expect(Date.parse(nextRetryAt) - Date.now()).toBeGreaterThan(3000);
  });

  it.each([7_200_000, 1e14])(
    'waits no longer than a scan can, when it was asked for %s ms',
    async (retryAfterMs) => {
      const asked = async () => {
        throw new ScanPipelineError('ModelRateLimitedError', { retryAfterMs });
      };
      const { failure, signals } = await run(asked);
      expect(failure?.nextRetryDelay).toBe(LONGEST_WAIT_MS.step);
      const { nextRetryAt } = signals[0] as { nextRetryAt: string };
      expect(Date.parse(nextRetryAt) - Date.now()).toBeLessThanOrEqual(LONGEST_WAIT_MS.step);
      const push = await run(asked, { activityType: 'sendNotification' });
      expect(push.failure?.nextRetryDelay).toBe(LONGEST_WAIT_MS.afterwards);
    },
  );

  it('announces no attempt that would begin after the time of its step', async () => {
    const begun = Date.now() - STEP.estimation.policy.timeLimitMs + 3000;
    const { signals } = await run(
      async () => {
        throw new ScanPipelineError('ModelUnavailableError');
      },
      { scheduledTimestampMs: begun },
    );
    expect(signals).toEqual([]);
  });

  it('announces nothing after its last attempt, or where it is not retried', async () => {
    const last = await run(
      async () => {
        throw new ScanPipelineError('ModelUnavailableError');
      },
      { attempt: 5 },
    );
    expect(last.signals).toEqual([{ step: 'estimation', attempt: 5 }]);
    const final = await run(async () => {
      throw new ScanPipelineError('ModelQuotaError');
    });
    expect(final.signals).toEqual([]);
  });

  it('fails in the same way when it cannot be announced', async () => {
    const { failure } = await run(
      async () => {
        throw new ScanPipelineError('ModelUnavailableError');
      },
      {},
      false,
    );
    expect(failure?.type).toBe('ModelUnavailableError');
  });
});

it('announces that a later attempt began', async () => {
  const { signals } = await run(async () => activityInfo().attempt, { attempt: 3 });
  expect(signals).toEqual([{ step: 'estimation', attempt: 3 }]);
});

it('tells its workflow that it waits for photos, and that it does not any more', async () => {
  const { signals } = await run(
    async (client) => {
      const tell = tellOfWaitBy(() => client)();
      tell(true);
      tell(false);
    },
    { activityType: 'qualityCheck' },
  );
  expect(signals).toEqual([
    { step: 'qualityCheck', attempt: 1, awaitsPhotos: true },
    { step: 'qualityCheck', attempt: 1, awaitsPhotos: false },
  ]);
});
