import { expect, it } from 'vitest';
import { stepRecords } from './steps.ts';

const who = { at: '2026-11-29T12:00:00.000Z', actor: 'workflow:daily-scan-1' };
const ENDED = '2026-11-29T11:40:00.000Z';

it('a step that ended long before the write that brings its record has its own time, one that did not run that of the write', () => {
  const records = stepRecords(
    undefined,
    {
      qualityCheck: { state: 'completed', attempt: 1, completedAt: ENDED },
      estimation: { state: 'failed', attempt: 3, completedAt: { toMillis: () => Date.parse(ENDED) } },
      nutrition: { state: 'skipped', attempt: 0 },
      workout: { state: 'failed', attempt: 3, completedAt: 'yesterday' },
      insights: { state: 'running', attempt: 1 },
      // As on a document that somebody has spoiled.
      hydration: { state: 'completed', attempt: 1, completedAt: 5 as never },
    },
    who,
  );
  expect(records.map(({ key, at }) => [key, at])).toEqual([
    ['step:qualityCheck:completed', ENDED],
    ['step:estimation:failed', ENDED],
    ['step:nutrition:skipped', who.at],
    ['step:workout:failed', who.at],
    ['step:hydration:completed', who.at],
  ]);
});
