import { expect, it } from 'vitest';
import { cameraElevation } from './camera-elevation.ts';

it.each([
  ['stands upright', 90, 0, 0],
  // At 90° a sensor reports any gamma.
  ['stands upright, by any gamma', 90, 77, 0],
  ['leans back against something', 80, 0, 10],
  ['leans forwards', 95, 0, -5],
  ['lies on its back', 0, 0, 90],
  ['stands on its side, upright', 0, 90, 0],
  ['stands on its side and leans back', 0, 80, 10],
] as const)('the front camera of a phone that %s', (_, beta, gamma, degrees) => {
  expect(cameraElevation({ beta, gamma }, 'user')).toBeCloseTo(degrees);
  expect(cameraElevation({ beta, gamma }, 'environment')).toBeCloseTo(-degrees);
});

it('does not change when the phone is turned about the axis of its camera', () => {
  // Leaning back by 6°, turned about that axis: up is (cos 6° sin t, cos 6° cos t, sin 6°) in the phone's own axes.
  const degrees = (radians: number) => (radians * 180) / Math.PI;
  const lean = (6 * Math.PI) / 180;
  for (const turn of [-40, -3, 0, 12, 85]) {
    const [x, y] = [
      Math.cos(lean) * Math.sin((turn * Math.PI) / 180),
      Math.cos(lean) * Math.cos((turn * Math.PI) / 180),
    ];
    const beta = degrees(Math.asin(y));
    const gamma = degrees(Math.atan2(-x, Math.sin(lean)));
    expect(cameraElevation({ beta, gamma }, 'user')).toBeCloseTo(6, 1);
  }
});

it('is not known where the sensor reports nothing', () => {
  expect(cameraElevation({ beta: null, gamma: null }, 'user')).toBeUndefined();
});
