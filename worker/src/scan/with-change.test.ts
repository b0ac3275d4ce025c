import { expect, it, vi } from 'vitest';
import type { StepActivities } from './activities.ts';
import { RESULTS } from '../trial/trial-results.ts';
import { estimationWithChange } from './with-change.ts';

const INPUT = {
  scanId: 's',
  userId: 'u',
  photoUrls: { front: 'gs://b/f', back: 'gs://b/b', left: 'gs://b/l', right: 'gs://b/r' },
  subject: { sex: 'male', heightCm: 180, ageYears: 36, weightLb: 180 },
  createdAt: '2026-11-23T00:00:00.000Z',
} as const;

/** The activity over a comparison that does as `delta` does. */
function over(delta: StepActivities['delta']) {
  const estimation = vi.fn<StepActivities['estimation']>(async () => RESULTS.estimation);
  const compared = vi.fn<StepActivities['delta']>(delta);
  return { answer: estimationWithChange({ estimation, delta: compared }, 50), estimation, compared };
}

it('compares with the scan before where the workflow asks for it, and tells the estimation nothing of that', async () => {
  const { answer, estimation, compared } = over(async () => RESULTS.delta);
  expect(await answer({ ...INPUT, withChange: true })).toEqual({
    ...RESULTS.estimation,
    change: RESULTS.delta,
  });
  expect(estimation).toHaveBeenCalledWith(INPUT);
  const { scanId, userId, subject, createdAt } = INPUT;
  const asked = { scanId, userId, subject, createdAt, estimation: RESULTS.estimation };
  expect(compared).toHaveBeenCalledWith(asked);
});

it('answers a workflow that began earlier as it always did', async () => {
  const { answer, compared } = over(async () => RESULTS.delta);
  expect(await answer(INPUT)).toEqual(RESULTS.estimation);
  expect(compared).not.toHaveBeenCalled();
});

it.each<[string, StepActivities['delta']]>([
  ['fails', () => Promise.reject(new Error('unavailable'))],
  ['does not answer', () => new Promise(() => {})],
])('is there without the change where the comparison %s', async (_, delta) => {
  expect(await over(delta).answer({ ...INPUT, withChange: true })).toEqual(RESULTS.estimation);
});

it('fails as the estimation does', async () => {
  const failing = estimationWithChange({
    estimation: () => Promise.reject(new Error('no photo')),
    delta: async () => RESULTS.delta,
  });
  await expect(failing({ ...INPUT, withChange: true })).rejects.toThrow('no photo');
});
