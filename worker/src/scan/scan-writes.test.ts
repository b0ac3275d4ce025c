/** Which of a scan's news go into one write, where steps take time of their own. */

import { setTimeout as wait } from 'node:timers/promises';
import { SCAN_COURSE } from '@reddyfit/shared/temporal/workflows';
import { ScanPipelineError } from '@reddyfit/shared/errors';
import { STEP_NAMES, type StepName } from '@reddyfit/shared/scan/steps';
import { expect, it } from 'vitest';
import { countHistory, type HistoryCount } from '../../../ops/report/temporal-actions.ts';
import type { ScanUpdate } from './scan-store.ts';
import { type Mishap, trials } from '../trial/scan-trial.ts';
import { RESULTS } from '../trial/trial-results.ts';

const world = trials([]);

/** Steps that take as long (ms); those that are not named take none. */
const taking =
  (times: Readonly<Record<string, number>>): Mishap =>
  async (name) => {
    const ms = times[name];
    if (ms !== undefined) await wait(ms);
  };

const AFTERWARDS = { insights: 3000, nutrition: 3000, workout: 3000 };

it('a body fat and the change since the last scan come together', { timeout: 60_000 }, async () => {
  const trial = await world.run({ mishap: taking({ estimation: 2500, delta: 200, ...AFTERWARDS }) });
  const shown = trial.writes.find(({ results }) => results.estimation)!;
  expect(shown.results).toHaveProperty('delta');
  expect(shown.steps).toMatchObject({ delta: { state: 'completed' }, insights: { state: 'running' } });
});

it('a body fat waits for no change that takes longer than a second', { timeout: 60_000 }, async () => {
  const trial = await world.run({ mishap: taking({ estimation: 2500, delta: 4000, ...AFTERWARDS }) });
  const shown = trial.writes.find(({ results }) => results.estimation)!;
  expect(shown.results).not.toHaveProperty('delta');
  expect(shown.steps.delta.state).toBe('running');
  const waited = Date.parse(shown.updatedAt) - Date.parse(shown.steps.estimation.completedAt!);
  expect(waited).toBeLessThan(2500);
});

it('an estimation that waits for the verdict is no reason to write', { timeout: 60_000 }, async () => {
  const trial = await world.run({
    mishap: taking({ hydration: 100, estimation: 1500, qualityCheck: 4000, delta: 100, ...AFTERWARDS }),
  });
  const shown = trial.writes.findIndex(({ results }) => results.estimation);
  expect(trial.writes[shown]!.results).toHaveProperty('qualityCheck');
  expect(trial.writes.slice(0, shown).map(({ results }) => Object.keys(results))).toEqual([
    [],
    ['hydration'],
  ]);
});

it(
  'a result waits for no timer until the body fat is shown, and the scan has none for its time',
  { timeout: 60_000 },
  async () => {
    let timers = 0;
    const trial = await world.run({
      mishap: taking({ hydration: 300, qualityCheck: 600, estimation: 900, delta: 100, ...AFTERWARDS }),
      async meanwhile(handle) {
        await handle.result();
        const { events } = await handle.fetchHistory();
        timers = events!.filter((event) => event.timerStartedEventAttributes).length;
      },
    });
    expect(trial.status).toBe('completed');
    // The results at the end are spaced by a second.
    expect(timers).toBeLessThanOrEqual(1);
    expect(trial.called('sendNotification')).toHaveLength(1);
  },
);

/** An estimation that brings the change since the last scan along, as the activity does for a workflow that asks for it. */
const bringing: Mishap = (name, _, { input }) =>
  name === 'estimation' && (input as { withChange?: boolean }).withChange
    ? { ...RESULTS.estimation, change: RESULTS.delta }
    : undefined;

/** Runs a scan of this course, whose estimation brings the change where it is asked to. Also counts the markers in its history. */
async function ofCourse(course: number | undefined) {
  let markers = 0;
  const trial = await world.run({
    ...(course !== undefined && { input: { course } }),
    mishap: bringing,
    async meanwhile(handle) {
      await handle.result();
      const { events } = await handle.fetchHistory();
      markers = events!.filter((event) => event.markerRecordedEventAttributes).length;
    },
  });
  return { trial, markers };
}

it('a clean scan has no activity for a change that its estimation brings, and no marker', async () => {
  const { trial, markers } = await ofCourse(SCAN_COURSE);
  expect(trial.status).toBe('completed');
  expect(trial.called('delta')).toHaveLength(0);
  const shown = trial.writes.find(({ results }) => results.estimation)!;
  expect(shown.results).toEqual(
    expect.objectContaining({ estimation: RESULTS.estimation, delta: RESULTS.delta }),
  );
  expect(shown.steps.delta).toMatchObject({ state: 'completed', attempt: 1 });
  expect(trial.called('insights')[0]!.input).toMatchObject({ delta: RESULTS.delta });
  const told = trial.writes.flatMap(({ call }) => (call as { events?: { id: string }[] }).events ?? []);
  expect(told.filter(({ id }) => id.endsWith('scan.step.completed:delta'))).toHaveLength(1);
  expect(markers).toBe(0);
});

it('a scan that a function of another build has started notes which changes it follows', async () => {
  const { trial, markers } = await ofCourse(SCAN_COURSE + 1);
  expect(trial.status).toBe('completed');
  expect(trial.called('delta')).toHaveLength(0);
  expect(markers).toBeGreaterThan(0);
});

it("the start's audit entry goes with the body fat, or with an end before it", async () => {
  const recordedBy = ({ writes }: Awaited<ReturnType<typeof world.run>>) =>
    writes.map(({ startedAt, startMayWait }) => startedAt !== undefined && startMayWait);
  const { trial } = await ofCourse(SCAN_COURSE);
  const shown = trial.writes.findIndex(({ results }) => results.estimation);
  expect(recordedBy(trial)).toEqual(trial.writes.map((_, index) => index <= shown));
  const failed = await world.run({
    mishap(name) {
      if (name === 'estimation') throw new ScanPipelineError('ModelQuotaError');
    },
  });
  expect(failed.status).toBe('failed');
  expect(recordedBy(failed)).toEqual(failed.writes.map(() => true));
});

it('a clean scan takes an action for its start, each step and five writes, and one timer at most', async () => {
  const begun = Object.fromEntries(STEP_NAMES.map((name) => [name, Promise.withResolvers<void>()]));
  const written = Object.fromEntries(STEP_NAMES.map((name) => [name, Promise.withResolvers<void>()]));
  const until = (which: typeof begun, names: readonly StepName[]) =>
    Promise.all(names.map((name) => which[name]!.promise));
  /** What a step, or the write of its result, waits for: results that come one by one take the most writes. */
  const AFTER: Readonly<Record<string, Promise<unknown>>> = {
    qualityCheck: until(written, ['hydration']),
    estimation: until(written, ['qualityCheck']),
  };
  const last = until(begun, ['insights', 'nutrition', 'workout']);
  let counted: HistoryCount | undefined;
  const trial = await world.run({
    input: { queuedPublished: true },
    async mishap(name, attempt, call) {
      begun[name]?.resolve();
      await AFTER[name];
      const { results = {} } = name === 'updateFirestore' ? (call.input as ScanUpdate) : {};
      for (const step of Object.keys(results)) written[step]!.resolve();
      if ('estimation' in results && !('insights' in results)) await last;
      return bringing(name, attempt, call);
    },
    async meanwhile(handle) {
      await handle.result();
      counted = countHistory((await handle.fetchHistory()).events!);
    },
  });
  expect(trial.status).toBe('completed');
  const { timer = 0, ...kinds } = counted!.kinds;
  expect(kinds).toEqual({
    start: 1,
    ...Object.fromEntries(STEP_NAMES.filter((name) => name !== 'delta').map((name) => [name, 1])),
    // Its start, the hydration, the verdict, the body fat, its end.
    updateFirestore: 5,
  });
  // The last results may come just behind the write of the body fat, and then wait until a second is over.
  expect(timer).toBeLessThanOrEqual(1);
});
