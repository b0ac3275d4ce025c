import { expect, it } from 'vitest';
import type { Angle } from '../names/angles.ts';
import { faultsSoFar } from './faults.ts';
import { poseOf } from './standing.fixture.ts';

const look = (shown: Angle) => ({ issues: [], pose: poseOf(shown) });
const codes = (faults: ReturnType<typeof faultsSoFar>) =>
  Object.fromEntries(Object.entries(faults).map(([angle, found]) => [angle, found.map(({ code }) => code)]));

it('judges a photo by itself until all four are there, and then as the server does: by the set', () => {
  const exchanged = { left: look('right'), right: look('left') };
  expect(codes(faultsSoFar(exchanged))).toEqual({ left: ['wrong_angle'], right: ['wrong_angle'] });
  const all = { front: look('front'), back: look('back'), ...exchanged };
  expect(codes(faultsSoFar(all))).toEqual({ front: [], back: [], left: [], right: [] });
});

it('says nothing of a photo that was not looked at', () => {
  expect(faultsSoFar({})).toEqual({});
});
