/** Tests dailyScanWorkflow on the time-skipping server, with each step taking its nominal time. */

import type { AuditRecord } from '@reddyfit/shared/audit/chain';
import { type ScanEvent, scanEvent } from '@reddyfit/shared/scan/events';
import { scanError, ScanPipelineError } from '@reddyfit/shared/errors';
import {
  CRITICAL_PATH_SECONDS,
  remainingSeconds,
  type TimedStep,
  timedStep,
} from '@reddyfit/shared/scan/progress';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import { type OptionalStepName, STEP_NAMES, type StepName, STEPS } from '@reddyfit/shared/scan/steps';
import { de } from '@reddyfit/shared/words/de';
import { en } from '@reddyfit/shared/words/en';
import { speakerFor } from '@reddyfit/shared/words/speaker';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Activities } from './activities.ts';
import type { ScanUpdate, ScanWritten } from './scan-store.ts';
import { type Call, type Mishap, REJECTED, type Trial, trials } from '../trial/scan-trial.ts';
import { stepAttemptSignal } from './scan-status.ts';
import { RESULTS } from '../trial/trial-results.ts';

const world = trials();

const fails =
  (step: keyof Activities, code: ConstructorParameters<typeof ScanPipelineError>[0], attempts = Infinity) =>
  (name: keyof Activities, attempt: number) => {
    if (name === step && attempt <= attempts) throw new ScanPipelineError(code);
  };

/**
 * The actions recorded in the audit chain: the workflow's start when a write brought it that could not leave it to a later one, then
 * those of `auditLog`.
 */
const audited = (trial: Trial) => [
  ...trial.writes.flatMap(({ startedAt, startMayWait, status, results }) =>
    startedAt && (!startMayWait || results.estimation || isTerminal(status))
      ? ['daily_scan_workflow_started']
      : [],
  ),
  ...trial.called('auditLog').map((call) => (call.input as { record: AuditRecord }).record.action),
];

/** The published events in order, whether an applied write carried them or `publishEvent` did. */
const events = (trial: Trial) =>
  trial.calls
    .filter(
      ({ name, input }) => name === 'publishEvent' || trial.writes.some((write) => write.call === input),
    )
    .flatMap(({ input }) => (input as { events?: ScanEvent[] }).events ?? []);

/** The ids of the published events, without the scan's id. */
const published = (trial: Trial) => events(trial).map(({ id, subject }) => id.slice(subject.length + 1));

/** Whole seconds between the attempts of a step: the wait, and what a busy machine adds before the next begins. */
const gaps = (trial: Trial, step: keyof Activities) =>
  trial
    .called(step)
    .slice(1)
    .map((call, index) => Math.floor(call.at - trial.called(step)[index]!.at));

/** The credit is settled with the last write, which the tests of the Firestore adapter cover. */
function expectCompensatedOnce(trial: Trial) {
  expect(trial.called('deleteImages')).toHaveLength(1);
  expect(trial.called('hideKeptFaces')).toHaveLength(0);
  expect(trial.called('sendNotification')).toHaveLength(1);
  expect(published(trial).filter((id) => !/queued|processing|step/.test(id))).toEqual([
    `scan.${trial.status}`,
  ]);
  expect(trial.last.status).toBe(trial.status);
}

it(
  'of a doubtful weight is not remembered, and faces that cannot be hidden do not hold it',
  { timeout: 60_000 },
  async () => {
    const estimation = { ...RESULTS.estimation, flags: ['weight_doubtful'] };
    const trial = await world.run({
      mishap(name, attempt) {
        if (name === 'estimation') return estimation;
        if (name === 'hideKeptFaces' && attempt <= 2) throw new Error('bucket down');
        return undefined;
      },
    });
    expect(trial.status).toBe('completed');
    expect(trial.called('rememberScan')).toHaveLength(0);
    // Once by the last write, and then by an activity of its own.
    expect(trial.called('hideKeptFaces').map(({ attempt }) => attempt)).toEqual([1, 1, 2, 3]);
  },
);

it(
  'that waits for others begins when its steps do, and its document says so no longer',
  { timeout: 60_000 },
  async () => {
    const trial = await world.run({ input: { busy: true } });
    expect(trial.status).toBe('completed');
    const [first, ...later] = trial.writes;
    expect(first!.status).toBe('processing');
    // Hydration waits in the same queue, so its time must not count from the scan's start either.
    expect(first!.steps.hydration).toEqual({ state: 'pending', attempt: 0 });
    const begun = trial.writes.filter(({ waitIsOver }) => waitIsOver);
    // What begins is shown before anything of it has ended, and no write takes that back.
    expect(begun[0]!.steps.estimation).toMatchObject({ state: 'running', attempt: 1 });
    expect(begun[0]!.steps.estimation.startedAt).toBeDefined();
    expect(trial.writes.indexOf(begun[0]!)).toBe(trial.writes.length - begun.length);
    for (const { steps, waitIsOver } of [first!, ...later])
      expect(waitIsOver ?? false).toBe(
        steps.qualityCheck.state !== 'pending' && steps.estimation.state !== 'pending',
      );
    for (const step of ['qualityCheck', 'estimation', 'hydration'] as const)
      expect(trial.called(step)[0]!.input).toMatchObject({ busy: true });
    expect(trial.called('nutrition')[0]!.input).not.toHaveProperty('busy');
  },
);

it(
  'hands on what is let pass, what was refused before, and how the camera was held',
  { timeout: 60_000 },
  async () => {
    const asked = { without: ['tilted' as const], rejectedBefore: ['arms_at_torso' as const] };
    const held = { cameraElevationAngles: { front: -3.5 } };
    const trial = await world.run({ input: { ...asked, ...held, weightConfirmed: true } });
    expect(trial.called('qualityCheck')[0]!.input).toMatchObject(asked);
    expect(trial.called('estimation')[0]!.input).toMatchObject({
      without: ['tilted'],
      ...held,
      weightConfirmed: true,
    });
  },
);

describe('an estimation that ends before the verdict on its photos', () => {
  /** Runs a scan whose quality check is answered only after five minutes. */
  const slowly = (verdict?: typeof REJECTED) =>
    world.run({
      mishap(name, attempt) {
        if (name !== 'qualityCheck') return;
        if (attempt === 1) {
          throw new ScanPipelineError('ModelRateLimitedError', { retryAfterMs: 300_000 });
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

  it('goes on while they are refused: one last write, and the end is told', async () => {
    let over = false;
    const trial = await world.run({
      mishap: (name, _, { input }) => {
        if (name === 'qualityCheck') return REJECTED;
        if (name !== 'updateFirestore') return undefined;
        const answer = over ? { outcome: 'ended', status: 'rejected' } : { outcome: 'applied' };
        over ||= (input as ScanUpdate).status === 'rejected';
        return answer;
      },
    });
    expect(trial.status).toBe('rejected');
    expect(trial.writes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(trial.called('sendNotification')).toHaveLength(1);
    expect(trial.last.steps.estimation.state).toBe('skipped');
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

  it('completes every step', () => {
    expect(trial.status).toBe('completed');
    expect(trial.last).toMatchObject({ status: 'completed', progress: 100, simulated: true, warnings: [] });
    expect(Object.values(trial.last.steps).map((step) => step.state)).toEqual(
      STEP_NAMES.map(() => 'completed'),
    );
    expect(trial.called('deleteImages')).toHaveLength(0);
    expect(trial.called('rememberScan')).toHaveLength(1);
    expect(trial.called('hideKeptFaces')).toHaveLength(1);
  });

  it('takes the critical path, not the sum of its steps', () => {
    expect(trial.seconds).toBeGreaterThanOrEqual(CRITICAL_PATH_SECONDS);
    expect(trial.seconds).toBeLessThan(CRITICAL_PATH_SECONDS + 5);
  });

  it('starts each step as soon as what it needs is there', () => {
    // Rounded down to ten seconds: a busy machine starts late, but never by as much as a step takes.
    const at = (step: keyof Activities) => Math.floor(trial.called(step)[0]!.at / 10) * 10;
    expect([at('qualityCheck'), at('estimation'), at('hydration')]).toEqual([0, 0, 0]);
    expect([at('delta'), at('nutrition'), at('workout'), at('insights')]).toEqual([120, 120, 120, 150]);
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
    // The start, hydration, verdict, body fat, change, plans, and the end with the insights; one more where a busy machine ends
    // nutrition and workout more than a second apart.
    expect(trial.writes.length).toBeGreaterThanOrEqual(7);
    expect(trial.writes.length).toBeLessThanOrEqual(8);
    const at = trial.writes.map((write) => Date.parse(write.updatedAt));
    const spacing = at.slice(1, -1).map((time, index) => time - at[index]!);
    expect(Math.min(...spacing)).toBeGreaterThanOrEqual(1000);
  });

  it('numbers its writes without a gap and never lets progress fall', () => {
    expect(trial.writes.map((write) => write.rev)).toEqual(trial.writes.map((_, index) => index + 2));
    const progress = trial.writes.map((write) => write.progress);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  });

  it('records its start; its end goes with the last write', () => {
    expect(audited(trial)).toEqual(['daily_scan_workflow_started']);
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
    for (const event of events(trial)) scanEvent.parse(event);
    expect(trial.called('publishEvent')).toHaveLength(0);
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
      messageCode: 'PhotosRejectedError',
      params: {},
      retryable: false,
      photos: [
        {
          angle: 'left',
          code: 'too_dark',
          message: 'The left photo is too dark.',
          messageCode: 'too_dark',
          params: { angle: 'left' },
        },
      ],
    });
    expect(trial.last.steps).toMatchObject({
      qualityCheck: { state: 'completed' },
      estimation: { state: 'skipped' },
      insights: { state: 'skipped' },
    });
    expect(trial.seconds).toBeLessThan(40);
    expect(trial.called('insights')).toHaveLength(0);
    expect(audited(trial)).toEqual(['daily_scan_workflow_started']);
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
    expect(audited(trial)).toEqual(['daily_scan_workflow_started']);
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
    expect(trial.last.warnings).toEqual([en.warnings[step]]);
    expect(trial.last.warningCodes).toEqual([{ messageCode: step, params: {} }]);
    expect(trial.writes.some((write) => step in write.results)).toBe(false);
    expect(trial.called('deleteImages')).toHaveLength(0);
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
  });
});

describe('a reader of another language', () => {
  const reader = { locale: 'de-AT', units: 'metric' } as const;

  it('gets every sentence of the workflow in it, with its code and parameters', async () => {
    const failing = await world.run({
      input: { reader },
      mishap(name) {
        if (name === 'nutrition') throw new ScanPipelineError('ModelUnavailableError');
      },
    });
    expect(failing.last.warnings).toEqual([de.warnings!.nutrition]);
    expect(failing.last.steps.nutrition).toMatchObject({
      state: 'failed',
      messageCode: 'ModelUnavailableError',
      params: {},
      message: de.errors!.ModelUnavailableError,
    });
    const retrying = failing.writes
      .map(({ steps }) => steps.nutrition)
      .find(({ state }) => state === 'retrying');
    expect(retrying).toMatchObject({ messageCode: 'retrying', message: de.steps!.retrying });
    const failed = await world.run({
      input: { reader },
      mishap(name) {
        if (name === 'estimation')
          throw new ScanPipelineError('InvalidImageError.photo', { params: { angle: 'left' } });
      },
    });
    expect(failed.last.error).toEqual({
      ...speakerFor(reader).tell('errors', 'InvalidImageError.photo', { angle: 'left' }),
      code: 'InvalidImageError',
      retryable: false,
    });
    expect(failed.last.error!.message).not.toMatch(/photo/);
  });

  it('is known to every step that a model writes for', async () => {
    const trial = await world.run({ input: { reader } });
    for (const step of [
      'qualityCheck',
      'estimation',
      'insights',
      'nutrition',
      'workout',
      'hydration',
    ] as const)
      expect(trial.called(step)[0]!.input).toMatchObject({ reader });
  });
});

describe('a retry', () => {
  it('says that it waits for photos while it does, and no longer', async () => {
    const begun = Promise.withResolvers<void>();
    const { writes, last } = await world.run({
      mishap: (name) => {
        if (name === 'qualityCheck') begun.resolve();
      },
      meanwhile: async (handle) => {
        await begun.promise;
        await handle.signal(stepAttemptSignal, { step: 'qualityCheck', attempt: 1, awaitsPhotos: true });
      },
    });
    const waiting = writes.filter(({ steps }) => steps.qualityCheck.message !== undefined);
    expect(waiting.length).toBeGreaterThan(0);
    for (const { steps } of waiting) {
      expect(steps.qualityCheck).toMatchObject({
        state: 'running',
        message: 'Waiting for your photos to arrive.',
      });
    }
    expect(last.steps.qualityCheck.message).toBeUndefined();
  });

  it('is shown with its attempt and its next time, and then as running again', async () => {
    const trial = await world.run({ mishap: fails('estimation', 'ModelUnavailableError', 1) });
    expect(trial.status).toBe('completed');
    const shown = trial.writes.map((write) => write.steps.estimation);
    const retrying = shown.find((step) => step.state === 'retrying')!;
    expect(retrying).toMatchObject({ attempt: 1, message: 'Trying again.', messageCode: 'retrying' });
    expect(Date.parse(retrying.nextRetryAt!)).toBeGreaterThan(0);
    expect(shown.some((step) => step.state === 'running' && step.attempt === 2 && !step.nextRetryAt)).toBe(
      true,
    );
    expect(trial.last.steps.estimation).toMatchObject({ state: 'completed', attempt: 2 });
    expect(trial.last.steps.estimation).not.toHaveProperty('nextRetryAt');
    expect(trial.last.steps.estimation).not.toHaveProperty('message');
    expect(trial.last.steps.estimation).not.toHaveProperty('messageCode');
  });

  it('waits as long as the model asked', async () => {
    const trial = await world.run({
      mishap(name, attempt) {
        if (name === 'insights' && attempt === 1) {
          throw new ScanPipelineError('ModelRateLimitedError', { retryAfterMs: 17_000 });
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
    expect(audited(trial)).toEqual(['daily_scan_workflow_started']);
    expectCompensatedOnce(trial);
  });
});

describe('a cancellation that meets the body fat', () => {
  const ofEstimation = ({ name, input }: Call) =>
    name === 'updateFirestore' && 'estimation' in (input as ScanUpdate).results;
  /** Cancels after `seconds` (s). A write for which `delays` is true fails until three seconds after that. */
  const canceledAt = (seconds: number, delays: (call: Call) => boolean) =>
    world.run({
      mishap(_, __, call) {
        if (delays(call) && call.at < seconds + 3) throw new Error('database down');
      },
      async meanwhile(handle, environment) {
        await environment.sleep(`${seconds}s`);
        await handle.cancel();
      },
    });
  const parts = (trial: Trial) => trial.writes.flatMap(({ results }) => Object.keys(results));
  const pushed = (trial: Trial) => trial.called('sendNotification')[0]!.input;

  it('before it is on its way: it is never shown, and the credit goes back', async () => {
    const trial = await canceledAt(
      124,
      ({ name, at, input }) =>
        name === 'updateFirestore' && at > 29 && !('estimation' in (input as ScanUpdate).results),
    );
    expect(trial.status).toBe('canceled');
    expect(trial.called('estimation')).toHaveLength(1);
    expect(parts(trial)).not.toContain('estimation');
    expect(trial.last.error).toEqual(scanError({ messageCode: 'ScanCanceledError' }, speakerFor()));
    expect(pushed(trial)).not.toHaveProperty('creditUsed');
    expectCompensatedOnce(trial);
  });

  it('while it is on its way: it is shown, and the credit is used', async () => {
    const trial = await canceledAt(124, ofEstimation);
    expect(trial.status).toBe('canceled');
    expect(parts(trial).filter((part) => part === 'estimation')).toHaveLength(1);
    expect(trial.writes.findIndex(({ results }) => results.estimation)).toBeLessThan(trial.writes.length - 1);
    expect(trial.last.error).toEqual(
      scanError({ messageCode: 'ScanCanceledError.after_result' }, speakerFor()),
    );
    expect(pushed(trial)).toMatchObject({ status: 'canceled', creditUsed: true });
    expectCompensatedOnce(trial);
  });

  it('after it was shown: the same', async () => {
    const trial = await canceledAt(140, () => false);
    expect(trial.status).toBe('canceled');
    expect(parts(trial)).toContain('estimation');
    expect(trial.last.error?.message).toBe(en.errors['ScanCanceledError.after_result']);
    expectCompensatedOnce(trial);
  });
});

describe('a scan that someone else has ended', () => {
  const overtaken = (written: ScanWritten, from: number) =>
    world.run({
      mishap(name, attempt, { at }) {
        if (name !== 'updateFirestore' || at < from) return;
        // The answer comes with the second attempt, a moment later: see nominal-time.ts for what the time-skipping
        // server refuses.
        if (attempt === 1) throw new Error('database down');
        return written;
      },
    });

  it.each([0, 100])('is left alone from %s s on: nothing more is asked, told or remembered', async (from) => {
    const trial = await overtaken({ outcome: 'ended', status: 'failed' }, from);
    expect(trial.status).toBe('failed');
    expect(trial.writes.every(({ status }) => status === 'processing')).toBe(true);
    for (const name of ['insights', 'sendNotification', 'rememberScan'] as const)
      expect(trial.called(name), name).toEqual([]);
    expect(published(trial).filter((id) => /completed$|failed|canceled/.test(id))).toEqual([]);
    expect(published(trial).includes('scan.processing')).toBe(from > 0);
    // No write has brought the workflow's start into the chain, so an activity of its own records it, if that is not done.
    expect(audited(trial)).toEqual(['daily_scan_workflow_started']);
    const [start, ...others] = trial.called('auditLog').map(({ input }) => input as { record: AuditRecord });
    expect(others).toEqual([]);
    // The entry has the time of the start, and not that at which the workflow found the scan ended.
    if (from > 0) expect(start!.record.at).toBe(trial.writes[0]!.startedAt);
    // Photos may have been uploaded after the one who ended the scan deleted its photos.
    expect(trial.called('deleteImages')).toHaveLength(1);
  });

  it('keeps its photos when it has completed', async () => {
    const trial = await overtaken({ outcome: 'ended', status: 'completed' }, 152);
    expect(trial.status).toBe('completed');
    expect(trial.called('deleteImages')).toEqual([]);
    expect(trial.called('sendNotification')).toEqual([]);
  });

  it('or deleted is given up likewise', async () => {
    const trial = await overtaken({ outcome: 'missing' }, 100);
    expect(trial.status).toBe('canceled');
    expect(trial.called('sendNotification')).toEqual([]);
  });
});

describe('the time of a scan', () => {
  /** The model tells this step to wait two hours, longer than the step's attempts may wait. */
  const waiting = (step: keyof Activities): Mishap => {
    return (name) => {
      if (name === step) throw new ScanPipelineError('ModelRateLimitedError', { retryAfterMs: 7_200_000 });
    };
  };

  it('ends it as failed while there is no body fat, at no cost', async () => {
    const trial = await world.run({ input: { timeLimitSeconds: 400 }, mishap: waiting('estimation') });
    expect(trial.status).toBe('failed');
    expect(trial.last.error?.code).toBe('ScanTimedOutError');
    // Two attempts, five minutes apart. It does not wait for a third, which would begin after its time.
    expect(trial.called('estimation')).toHaveLength(2);
    expect(trial.seconds).toBeLessThan(410);
    expectCompensatedOnce(trial);
  });

  it('ends it as failed when the photos have no verdict by then', async () => {
    const trial = await world.run({
      input: { timeLimitSeconds: 60, speculativeEstimation: false },
      mishap: waiting('qualityCheck'),
    });
    expect(trial.status).toBe('failed');
    expect(trial.last.error?.code).toBe('ScanTimedOutError');
    expect(trial.called('estimation')).toEqual([]);
    expect(trial.seconds).toBeLessThan(70);
    expectCompensatedOnce(trial);
  });

  it('completes it with warnings once there is one, and begins no step after it', async () => {
    // The estimation takes 120 s, and the change 30 s after it.
    const trial = await world.run({ input: { timeLimitSeconds: 140 } });
    expect(trial.status).toBe('completed');
    expect(trial.last.warnings).toEqual([en.warnings.insights]);
    expect(trial.last.steps).toMatchObject({ delta: { state: 'completed' }, insights: { state: 'failed' } });
    expect(trial.last.steps.insights.messageCode).toBe('StepTimedOutError');
    expect(trial.called('insights')).toEqual([]);
    expect(trial.called('deleteImages')).toEqual([]);
  });

  it('holds an attempt only until its end', async () => {
    const trial = await world.run({ input: { timeLimitSeconds: 200 }, mishap: waiting('delta') });
    expect(trial.status).toBe('completed');
    expect(trial.seconds).toBeLessThan(210);
    expect(trial.last.warnings).toEqual([en.warnings.delta]);
    // Its next attempt would come five minutes later, so what needs it does not wait for it.
    expect(trial.called('delta')).toHaveLength(1);
    expect(trial.last.steps).toMatchObject({
      delta: { state: 'failed' },
      insights: { state: 'completed' },
      nutrition: { state: 'completed' },
    });
    expect(trial.called('deleteImages')).toEqual([]);
  });

  it('is half an hour where nothing else is said, however long the model wants to be left alone', async () => {
    const trial = await world.run({ mishap: waiting('insights') });
    expect(trial.status).toBe('completed');
    expect(trial.last.warnings).toEqual([en.warnings.insights]);
    // Three attempts, at most five minutes apart, and all within ten minutes.
    expect(Math.max(...gaps(trial, 'insights'))).toBeLessThanOrEqual(300);
    expect(trial.seconds).toBeLessThan(150 + 600 + 5);
  });
});

describe('the remaining time', () => {
  /**
   * For each write, the remaining time that it tells (s) and the time that really remained (s). `waitMs` is the wait
   * that a retry was told to make.
   */
  function estimates(trial: Trial, { from = 0, waitMs = 0 } = {}) {
    const ended = Date.parse(trial.last.completedAt!);
    // The clock of the activities skips no time, so `nextRetryAt`, which an activity computed, is moved to the server's
    // clock.
    const told = trial.writes.find(({ steps }) => steps.estimation.nextRetryAt);
    const skipped = told
      ? Date.parse(told.updatedAt) + waitMs - Date.parse(told.steps.estimation.nextRetryAt!)
      : 0;
    const moment = (iso: string | undefined, shift = 0) =>
      iso === undefined ? undefined : { toMillis: () => Date.parse(iso) + shift };
    return trial.writes
      .filter(({ status, at }) => status === 'processing' && at >= from)
      .map(({ steps, updatedAt }) => {
        const now = Date.parse(updatedAt);
        const timed = Object.entries(steps).map(([name, { state, ...step }]) => [
          name,
          timedStep(
            {
              state,
              startedAt: moment(step.startedAt),
              attemptStartedAt: moment(step.attemptStartedAt),
              nextRetryAt: moment(step.nextRetryAt, skipped),
            },
            now,
          ),
        ]);
        const said = remainingSeconds(Object.fromEntries(timed) as Record<StepName, TimedStep>);
        return { said, left: (ended - now) / 1000 };
      });
  }
  const expectTrue = (pairs: ReturnType<typeof estimates>) => {
    expect(pairs.length).toBeGreaterThan(2);
    // A failure is shown a second late, see nominal-time.ts, and a busy machine starts late.
    for (const { said, left } of pairs) expect(Math.abs(said - left)).toBeLessThanOrEqual(6);
  };

  it.each([
    ['with speculation', 210, {}],
    ['without', 240, { speculativeEstimation: false }],
  ] as const)('is what is left, %s', async (_, seconds, input) => {
    const trial = await world.run({ input });
    expectTrue(estimates(trial));
    expect(Math.abs(estimates(trial)[0]!.said - seconds)).toBeLessThanOrEqual(2);
  });

  it('counts the wait before an attempt, and the attempt whole', async () => {
    const trial = await world.run({
      mishap(name, attempt) {
        if (name === 'estimation' && attempt === 1)
          throw new ScanPipelineError('ModelRateLimitedError', { retryAfterMs: 200_000 });
      },
    });
    // From the write on that tells of the wait; before it, the wait is not known.
    const pairs = estimates(trial, { from: 3, waitMs: 200_000 });
    expectTrue(pairs);
    expect(Math.max(...pairs.map(({ said }) => said))).toBeGreaterThan(300);
  });
});

describe('withdrawn consent', () => {
  it('found when a result is written cancels the scan, and the result is not shown', async () => {
    const trial = await world.run({
      mishap(name, attempt, { input }) {
        if (name !== 'updateFirestore' || !('estimation' in (input as ScanUpdate).results)) return;
        if (attempt === 1) throw new Error('database down');
        return { outcome: 'unconsented' };
      },
    });
    expect(trial.status).toBe('canceled');
    expect(trial.last.error?.code).toBe('ConsentMissingError');
    expect(trial.writes.flatMap(({ results }) => Object.keys(results))).not.toContain('estimation');
    expect(trial.called('insights')).toEqual([]);
    expectCompensatedOnce(trial);
  });

  it.each(['estimation', 'workout'] as const)('found at the %s cancels the scan', async (step) => {
    const trial = await world.run({ mishap: fails(step, 'ConsentMissingError') });
    expect(trial.status).toBe('canceled');
    expect(trial.last.error?.code).toBe('ConsentMissingError');
    expect(trial.called(step)).toHaveLength(1);
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

  it('holds no final status when photos cannot be deleted, and deletes them later', async () => {
    const trial = await world.run({
      mishap(name, attempt) {
        if (name === 'deleteImages' && attempt <= 8) throw new Error('bucket down');
        return name === 'qualityCheck' ? REJECTED : undefined;
      },
    });
    expect(trial.status).toBe('rejected');
    const rejectedAt = trial.writes.at(-1)!.at;
    expect(rejectedAt).toBeLessThan(30 + 2);
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
    // Once by the last write, and then by an activity of its own. The memory was not held, and is not written again.
    expect(trial.called('sendNotification').map(({ attempt }) => attempt)).toEqual([1, 1, 2, 3, 4, 5, 6, 7]);
    expect(trial.called('rememberScan')).toHaveLength(1);
    expect(published(trial)).toContain('scan.completed');
  });

  it('publishes by itself what a write could not, once and in order', async () => {
    const trial = await world.run({
      mishap: (name) => (name === 'updateFirestore' ? { outcome: 'applied', unpublished: true } : undefined),
    });
    expect(trial.status).toBe('completed');
    const carried = trial.called('updateFirestore').filter(({ input }) => 'events' in (input as object));
    expect(carried).toHaveLength(1);
    const ids = trial
      .called('publishEvent')
      .flatMap(({ input }) => (input as { events: ScanEvent[] }).events)
      .map(({ id, subject }) => id.slice(subject.length + 1));
    expect(ids.slice(0, 2)).toEqual(['scan.queued', 'scan.processing']);
    expect(ids.at(-1)).toBe('scan.completed');
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(STEP_NAMES.length + 3);
  });
});
