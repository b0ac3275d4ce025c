import { expect, it } from 'vitest';
import { wentBack } from './shown.ts';

const of = (progress: number, results: Record<string, unknown> = {}) => ({ progress, results });

it.each([
  ['goes on', [of(0), of(14, { delta: 1 }), of(14, { delta: 1 }), of(29, { delta: 1, insights: 2 })], false],
  ['shows nothing', [], false],
  ['has no progress at first', [{}, of(14, { delta: 1 })], false],
  ['falls in its progress', [of(29), of(14), of(29)], true],
  ['replaces a result', [of(14, { delta: { call: 1 } }), of(14, { delta: { call: 2 } })], true],
  ['loses a result', [of(14, { delta: 1 }), of(29, { insights: 2 })], true],
])('a document that %s', (_, states, back) => {
  expect(wentBack(states)).toBe(back);
});
