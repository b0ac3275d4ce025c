/** dailyScanWorkflow on the time-skipping server, with the seed's real times. */

import type { AuditRecord } from '@reddyfit/shared/audit/chain';
import { type ScanEvent, scanEvent } from '@reddyfit/shared/scan/events';
import { ScanPipelineError } from '@reddyfit/shared/errors';
import { CRITICAL_PATH_SECONDS } from '@reddyfit/shared/scan/progress';
import { type OptionalStepName, STEP_NAMES, STEPS } from '@reddyfit/shared/scan/steps';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Activities } from './activities.ts';
import { REJECTED, type Trial, trials } from './scan-trial.ts';
import { RESULTS } from './trial-results.ts';

const world = trials();

const fails =
  (step: keyof Activities, code: ConstructorParameters<typeof ScanPipelineError>[0], attempts = Infinity) =>
  (name: keyof Activities, attempt: number) => {
    if (name === step && attempt <= attempts) throw new ScanPipelineError(code);
  };

const audited = (trial: Trial) =>
  trial.called('auditLog').map((call) => (call.input as { record: AuditRecord }).record.action);

/** Ids of the published events, in order, without the scan's. */
const published = (trial: Trial) =>
  trial
    .called('publishEvent')
    .flatMap((call) => (call.input as { events: ScanEvent[] }).events)
    .map((event) => event.id.slice(event.subject.length + 1));

/** Seconds between the attempts of a step. */
const gaps = (trial: Trial, step: keyof Activities) =>
  trial
    .called(step)
    .slice(1)
    .map((call, index) => Math.round(call.at - trial.called(step)[index]!.at));

function expectCompensatedOnce(trial: Trial) {
  expect(trial.called('refundScanCredit')).toHaveLength(1);
  expect(trial.called('deleteImages')).toHaveLength(1);
  expect(trial.called('commitScanCredit')).toHaveLength(0);
  expect(trial.called('sendNotification')).toHaveLength(1);
  expect(published(trial).filter((id) => !/queued|processing|step/.test(id))).toEqual([
    `scan.${trial.status}`,
  ]);
  expect(trial.last.status).toBe(trial.status);
}

describe('an estimation that ends before the verdict on its photos', () => {
  /** A quality check that the model answers only after five minutes. */
  const slowly = (verdict?: typeof REJECTED) =>
    world.run({
      mishap(name, attempt) {
        if (name !== 'qualityCheck') return;
        if (attempt === 1) {
          throw new ScanPipelineError('ModelRateLimitedError', undefined, { retryAfterMs: 300_000 });
        }
        return verdict;
      },
    });
  const parts = (trial: Trial) => trial.writes.flatMap(({ results }) => Object.keys(results));

  it('is not shown when they are refused', async () => {
    const trial = await slowly(REJECTED);
    expect(trial.status).toBe('rejected');
    expect(trial.called('estimation')).toHaveLength(1);
    expect(parts(trial)).toContain('qualityCheck');
    expect(parts(trial)).not.toContain('estimation');
  });

  it('is shown with the verdict when they are accepted', async () => {
    const trial = await slowly();
    expect(trial.status).toBe('completed');
    expect(trial.called('estimation')).toHaveLength(1);
    const shown = trial.writes.find(({ results }) => results.qualityCheck)!;
    expect(shown.results.estimation).toBeDefined();
  });
});

describe('a scan that goes well', () => {
  let trial: Trial;
  beforeAll(async () => {
    trial = await world.run();
  }, 60_000);

  it('completes every step and spends the credit once', () => {
    expect(trial.status).toBe('completed');
    expect(trial.last).toMatchObject({ status: 'completed', progress: 100, simulated: true, warnings: [] });
    expect(Object.values(trial.last.steps).map((step) => step.state)).toEqual(
      STEP_NAMES.map(() => 'completed'),
    );
    expect(trial.called('commitScanCredit')).toHaveLength(1);
    expect(trial.called('refundScanCredit')).toHaveLength(0);
    expect(trial.called('deleteImages')).toHaveLength(0);
    expect(trial.called('rememberScan')).toHaveLength(1);
  });

  it('takes the critical path, not the sum of its steps', () => {
    expect(trial.seconds).toBeGreaterThanOrEqual(CRITICAL_PATH_SECONDS);
    expect(trial.seconds).toBeLessThan(CRITICAL_PATH_SECONDS + 5);
  });

  it('starts each step as soon as what it needs is there', () => {
    // To ten seconds: a busy machine is slow to begin, but never by a step.
    const at = (step: keyof Activities) => Math.floor(trial.called(step)[0]!.at / 10) * 10;
    expect([at('qualityCheck'), at('estimation'), at('hydration')]).toEqual([0, 0, 0]);
    expect([at('delta'), at('nutrition'), at('workout'), at('insights')]).toEqual([120, 120, 120, 120]);
  });

  it('shows its three first steps running in the first write', () => {
    const { steps, status, workflow } = trial.writes[0]!;
    expect(status).toBe('processing');
    expect([steps.qualityCheck.state, steps.estimation.state, steps.hydration.state]).toEqual(
      Array(3).fill('running'),
    );
    expect(workflow.id).toBe(`daily-scan-${trial.writes[0]!.scanId}`);
  });

  it('writes each result once, as soon as its step completes, and seldom', () => {
    const written = trial.writes.flatMap((write) => Object.keys(write.results));
    expect(written.toSorted()).toEqual([...STEP_NAMES].toSorted());
    const estimated = trial.writes.find((write) => write.results.estimation)!;
    expect(Math.floor(estimated.at / 10) * 10).toBe(120);
    // The admission write is the function's.
    expect(trial.writes.length + 1).toBeLessThanOrEqual(14);
    const at = trial.writes.map((write) => Date.parse(write.updatedAt));
    const spacing = at.slice(1, -1).map((time, index) => time - at[index]!);
    expect(Math.min(...spacing)).toBeGreaterThanOrEqual(1000);
  });

  it('numbers its writes without a gap and never lets progress fall', () => {
    expect(trial.writes.map((write) => write.rev)).toEqual(trial.writes.map((_, index) => index + 2));
    const progress = trial.writes.map((write) => write.progress);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  });

  it('records its start and its end', () => {
    expect(audited(trial)).toEqual(['daily_scan_workflow_started', 'daily_scan_workflow_completed']);
  });

  it('announces the end once', () => {
    expect(trial.called('sendNotification').map((call) => call.input)).toMatchObject([
      { status: 'completed', bodyFatPercent: 20 },
    ]);
  });

  it('publishes every change once, in the order it happened', () => {
    const ids = published(trial);
    expect(ids.slice(0, 2)).toEqual(['scan.queued', 'scan.processing']);
    expect(ids.at(-1)).toBe('scan.completed');
    expect(ids.slice(2, -1).toSorted()).toEqual(
      STEP_NAMES.map((name) => `scan.step.completed:${name}`).toSorted(),
    );
    for (const call of trial.called('publishEvent')) {
      for (const event of (call.input as { events: ScanEvent[] }).events) scanEvent.parse(event);
    }
  });
});

it('estimates only after the quality check where speculation is off', async () => {
  const trial = await world.run({ input: { speculativeEstimation: false } });
  expect(trial.status).toBe('completed');
  expect(Math.round(trial.called('estimation')[0]!.at)).toBe(30);
});

describe('a rejection', () => {
  it('names the photo, stops the estimation under way, and costs nothing', async () => {
    const trial = await world.run({ mishap: (name) => (name === 'qualityCheck' ? REJECTED : undefined) });
    expect(trial.status).toBe('rejected');
    expect(trial.last.error).toEqual({
      code: 'PhotosRejectedError',
      message: 'The left photo is too dark.',
      retryable: false,
    });
    expect(trial.last.steps).toMatchObject({
      qualityCheck: { state: 'completed' },
      estimation: { state: 'skipped' },
      insights: { state: 'skipped' },
    });
    expect(trial.seconds).toBeLessThan(40);
    expect(trial.called('insights')).toHaveLength(0);
    expect(audited(trial)).toEqual(['daily_scan_workflow_started', 'scan_quality_rejected']);
    expectCompensatedOnce(trial);
  });

  it('wins over an estimation that failed on the same broken photo', async () => {
    const trial = await world.run({
      mishap: (name, attempt) => {
        fails('estimation', 'InvalidImageError')(name, attempt);
        return name === 'qualityCheck' ? REJECTED : undefined;
      },
    });
    expect(trial.status).toBe('rejected');
    expect(trial.called('estimation')).toHaveLength(1);
    expectCompensatedOnce(trial);
  });
});

describe('an essential step that fails for good', () => {
  it('fails the scan after three attempts of the quality check, 1 s and 2 s apart', async () => {
    const trial = await world.run({ mishap: fails('qualityCheck', 'ModelUnavailableError') });
    expect(trial.status).toBe('failed');
    expect(trial.last.error).toMatchObject({ code: 'ModelUnavailableError', retryable: true });
    expect(trial.last.steps.qualityCheck.state).toBe('failed');
    expect(gaps(trial, 'qualityCheck')).toEqual([1, 2]);
    expect(audited(trial)).toEqual(['daily_scan_workflow_started', 'daily_scan_workflow_failed']);
    expectCompensatedOnce(trial);
  });

  it('fails the scan after five attempts of the estimation, from 5 s apart', async () => {
    const trial = await world.run({ mishap: fails('estimation', 'ModelUnavailableError') });
    expect(trial.status).toBe('failed');
    expect(gaps(trial, 'estimation')).toEqual([5, 10, 20, 40]);
    expect(trial.last.steps.estimation).toMatchObject({ state: 'failed' });
    expectCompensatedOnce(trial);
  });

  it('never looks at an invalid image twice', async () => {
    const trial = await world.run({ mishap: fails('estimation', 'InvalidImageError') });
    expect(trial.status).toBe('failed');
    expect(trial.last.error?.code).toBe('InvalidImageError');
    expect(trial.called('estimation')).toHaveLength(1);
    expectCompensatedOnce(trial);
  });
});

describe('an optional step that fails for good', () => {
  const optional = STEPS.filter((step) => !step.essential).map((step) => step.name) as OptionalStepName[];
  it.each(optional)('leaves a warning: %s', async (step) => {
    const trial = await world.run({ mishap: fails(step, 'ModelUnavailableError') });
    expect(trial.status).toBe('completed');
    expect(trial.called(step)).toHaveLength(3);
    expect(gaps(trial, step)).toEqual([1, 2]);
    expect(trial.last.steps[step]).toMatchObject({ state: 'failed' });
    expect(trial.last.warnings).toHaveLength(1);
    expect(trial.writes.some((write) => step in write.results)).toBe(false);
    expect(trial.called('commitScanCredit')).toHaveLength(1);
  });

  it('still writes insights when the delta failed', async () => {
    const trial = await world.run({ mishap: fails('delta', 'InternalError') });
    expect(trial.called('insights')[0]!.input).toMatchObject({ delta: null });
    expect(trial.last.steps.insights.state).toBe('completed');
  });
});

describe('photos that the model declined', () => {
  const mishap = (name: keyof Activities) =>
    name === 'estimation' ? { ...RESULTS.estimation, flags: ['model_refused'] } : undefined;

  it('complete the scan by their measurement, with a warning', async () => {
    const trial = await world.run({ mishap });
    expect(trial.status).toBe('completed');
    expect(trial.last.warnings).toEqual([
      'Body fat was measured in the photos alone this time, without a second opinion.',
    ]);
    expect(trial.last.steps.estimation.state).toBe('completed');
    expect(trial.called('commitScanCredit')).toHaveLength(1);
  });
});

describe('a retry', () => {
  it('is shown with its attempt and its next time, and then as running again', async () => {
    const trial = await world.run({ mishap: fails('estimation', 'ModelUnavailableError', 1) });
    expect(trial.status).toBe('completed');
    const shown = trial.writes.map((write) => write.steps.estimation);
    const retrying = shown.find((step) => step.state === 'retrying')!;
    expect(retrying).toMatchObject({ attempt: 1, message: expect.any(String) });
    expect(Date.parse(retrying.nextRetryAt!)).toBeGreaterThan(0);
    expect(shown.some((step) => step.state === 'running' && step.attempt === 2 && !step.nextRetryAt)).toBe(
      true,
    );
    expect(trial.last.steps.estimation).toMatchObject({ state: 'completed', attempt: 2 });
    expect(trial.last.steps.estimation).not.toHaveProperty('nextRetryAt');
  });

  it('waits as long as the model asked', async () => {
    const trial = await world.run({
      mishap(name, attempt) {
        if (name === 'insights' && attempt === 1) {
          throw new ScanPipelineError('ModelRateLimitedError', undefined, { retryAfterMs: 17_000 });
        }
      },
    });
    expect(trial.status).toBe('completed');
    expect(gaps(trial, 'insights')).toEqual([17]);
  });
});

describe('a cancellation', () => {
  it('stops the model calls under way and compensates once', async () => {
    const trial = await world.run({
      async meanwhile(handle, environment) {
        await environment.sleep('60s');
        await handle.cancel();
      },
    });
    expect(trial.status).toBe('canceled');
    expect(trial.last.error?.code).toBe('ScanCanceledError');
    expect(trial.last.steps.estimation.state).toBe('skipped');
    expect(trial.last.steps.qualityCheck.state).toBe('completed');
    expect(trial.seconds).toBeLessThan(120);
    expect(audited(trial)).toEqual(['daily_scan_workflow_started', 'daily_scan_workflow_canceled']);
    expectCompensatedOnce(trial);
  });
});

describe('withdrawn consent', () => {
  it.each(['estimation', 'workout'] as const)('found at the %s cancels the scan', async (step) => {
    const trial = await world.run({ mishap: fails(step, 'ConsentMissingError') });
    expect(trial.status).toBe('canceled');
    expect(trial.last.error?.code).toBe('ConsentMissingError');
    expect(trial.called(step)).toHaveLength(1);
    expect(trial.called('commitScanCredit')).toHaveLength(0);
    expectCompensatedOnce(trial);
  });
});

describe('a part that is down', () => {
  it('delays writes but loses none: the last status still arrives', async () => {
    const trial = await world.run({
      mishap(name, attempt) {
        if (name === 'updateFirestore' && attempt <= 4) throw new Error('database down');
      },
    });
    expect(trial.status).toBe('completed');
    expect(trial.last.status).toBe('completed');
    expect(trial.writes.flatMap((write) => Object.keys(write.results)).toSorted()).toEqual(
      [...STEP_NAMES].toSorted(),
    );
  });

  it('holds a final status for ten seconds at most when photos cannot be deleted, and deletes them later', async () => {
    const trial = await world.run({
      mishap(name, attempt) {
        if (name === 'deleteImages' && attempt <= 8) throw new Error('bucket down');
        return name === 'qualityCheck' ? REJECTED : undefined;
      },
    });
    expect(trial.status).toBe('rejected');
    const rejectedAt = trial.writes.at(-1)!.at;
    expect(rejectedAt).toBeLessThan(30 + 12);
    expect(trial.called('deleteImages')).toHaveLength(9);
  });

  it('never lets push or event hold the result', async () => {
    const trial = await world.run({
      mishap(name, attempt) {
        if ((name === 'sendNotification' || name === 'publishEvent') && attempt <= 6) throw new Error('down');
      },
    });
    expect(trial.status).toBe('completed');
    expect(trial.last.at).toBeLessThan(CRITICAL_PATH_SECONDS + 5);
    expect(trial.called('sendNotification')).toHaveLength(7);
    expect(published(trial)).toContain('scan.completed');
  });
});
