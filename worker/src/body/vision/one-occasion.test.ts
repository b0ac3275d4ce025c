import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import { speakerFor } from '@reddyfit/shared/words/speaker';
import { expect, it } from 'vitest';
import type { Examination } from './examination.ts';
import { occasionNotes } from './one-occasion.ts';
import { poseOf } from '../../../../shared/src/gate/standing.fixture.ts';

const DE = speakerFor({ locale: 'de-DE', units: 'metric' });

/** Four photos, some of them changed. */
const set = (changes: Partial<Record<Angle, Partial<Examination>>> = {}) =>
  Object.fromEntries(
    ANGLES.map((angle) => [angle, { issues: [], pose: poseOf(angle), ...changes[angle] }]),
  ) as unknown as Record<Angle, Examination>;

it('asks nothing about four photos of one go, nor about clocks that say nothing', () => {
  expect(occasionNotes(set(), DE)).toEqual([]);
  const minutes = {
    front: { takenAt: '2026-11-25T23:58:00' },
    right: { takenAt: '2026-11-26T00:20:00' },
    left: { takenAt: '0000-00-00T00:00:00' },
  };
  expect(occasionNotes(set(minutes), DE)).toEqual([]);
  expect(occasionNotes(set({ front: { takenAt: '2020-01-01T00:00:00' } }), DE)).toEqual([]);
});

it('asks about photos that were taken apart, in minutes or hours', () => {
  const apart = (takenAt: string) =>
    occasionNotes(set({ front: { takenAt: '2026-11-25T08:00:00' }, back: { takenAt } }), DE);
  expect(apart('2026-11-25T08:45:00')).toMatchObject([
    { messageCode: 'taken_apart.minutes', params: { minutes: 45 } },
  ]);
  const [note] = apart('2026-12-05T08:00:00');
  expect(note).toMatchObject({ messageCode: 'taken_apart.hours', params: { hours: 240 } });
  expect(note!.message).toContain('240 Stunden');
});

it('asks about legs of another colour', () => {
  const pose = poseOf('left');
  const other = { ...pose, stance: { ...pose.stance!, legs: [20, 30, 80] } };
  expect(occasionNotes(set({ left: { pose: other } }), DE)).toMatchObject([{ messageCode: 'looks_differ' }]);
  const inShade = { ...pose, stance: { ...pose.stance!, legs: [130, 97, 75] } };
  expect(occasionNotes(set({ left: { pose: inShade } }), DE)).toEqual([]);
});
