/** Which of a scan's news go into one write, where steps take time of their own. */

import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type Mishap, trials } from './scan-trial.ts';

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
