import { ANGLES, type Angle } from '../names/angles.ts';
import { expect, it } from 'vitest';
import { faultsOf } from './faults.ts';
import { arrangePhotos, exchangedIn, type Looks } from './arrange-photos.ts';
import { poseOf } from './standing.fixture.ts';

/** The looks at four photos, given the side that each photo shows. */
const showing = (shown: Record<Angle, Angle>): Looks =>
  Object.fromEntries(
    ANGLES.map((angle) => [angle, { issues: [], pose: poseOf(shown[angle]) }]),
  ) as unknown as Looks;

const RIGHT = { front: 'front', back: 'back', left: 'left', right: 'right' } as const;

it('leaves photos where they are that show what they should', () => {
  const examined = arrangePhotos(showing(RIGHT));
  expect(exchangedIn(examined)).toEqual([]);
  expect(Object.values(faultsOf(examined)).flat()).toEqual([]);
});

it.each<[string, Record<Angle, Angle>, Angle[]]>([
  ['left and right, as a mirror does, too', { ...RIGHT, left: 'right', right: 'left' }, ['left', 'right']],
  ['front and back', { ...RIGHT, front: 'back', back: 'front' }, ['front', 'back']],
  ['all', { front: 'back', back: 'front', left: 'right', right: 'left' }, [...ANGLES]],
])('exchanges %s, and says so', (_, shown, exchanged) => {
  const examined = arrangePhotos(showing(shown));
  expect(exchangedIn(examined)).toEqual(exchanged);
  expect(Object.values(faultsOf(examined)).flat()).toEqual([]);
});

it.each<[string, Record<Angle, Angle>, Angle]>([
  ['one side twice', { ...RIGHT, right: 'left' }, 'right'],
  ['a side for the front', { ...RIGHT, front: 'left' }, 'front'],
])('does not make a set of %s', (_, shown, wrong) => {
  const examined = arrangePhotos(showing(shown));
  expect(exchangedIn(examined)).toEqual([]);
  expect(faultsOf(examined)[wrong]).toMatchObject([{ code: 'wrong_angle' }]);
});
