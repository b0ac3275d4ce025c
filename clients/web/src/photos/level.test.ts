import { expect, it } from 'vitest';
import { isUpright } from './level.ts';

it.each([
  // At 90° the two other angles of the event are one and the same, so a sensor reports any gamma.
  ['stands upright', 90, true],
  ['leans a little forwards', 84, true],
  ['leans a little backwards', 97, true],
  ['leans too far forwards', 75, false],
  ['leans too far backwards', 105, false],
  ['lies on its back', 0, false],
  ['stands on its head', -90, false],
] as const)('a phone that %s', (_, beta, upright) => {
  expect(isUpright({ beta })).toBe(upright);
});

/**
 * `beta` and `gamma` of a phone that stands upright and is then turned by `degrees` in the plane of its screen, by the
 * definition of the event (Z-X′-Y″): up is (−cos β sin γ, sin β, cos β cos γ) in the phone's own axes.
 */
function turnedInItsPlane(degrees: number) {
  const radians = (degrees * Math.PI) / 180;
  const up = { x: Math.sin(radians), y: Math.cos(radians) };
  const beta = Math.asin(up.y);
  return { beta: (beta * 180) / Math.PI, gamma: (Math.atan2(-up.x, 0) * 180) / Math.PI };
}

it.each([
  [3, true],
  [-7, true],
  [15, false],
  [-40, false],
])('a phone that is turned sideways by %i°', (degrees, upright) => {
  const event = turnedInItsPlane(degrees);
  // Each such phone reports a gamma of 90°, however little it is turned.
  expect(Math.abs(event.gamma)).toBeCloseTo(90);
  expect(isUpright(event)).toBe(upright);
});

it('is not known where the sensor reports nothing', () => {
  expect(isUpright({ beta: null })).toBeUndefined();
});

it('stays what it was near the limit', () => {
  let upright: boolean | undefined;
  // A phone at 8°, whose sensor trembles by one degree, and one that then falls over.
  const seen = [83, 81, 82.5, 81.2, 80, 75, 81, 82.5].map((beta) => (upright = isUpright({ beta }, upright)));
  expect(seen).toEqual([true, true, true, true, true, false, false, true]);
});
