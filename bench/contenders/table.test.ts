import { expect, it } from 'vitest';
import { type Figures, recoveriesOf, tableOf, told } from './table.ts';

it.each([
  [[], '–'],
  [[1.234], '1.23'],
  [[3, 1, 2], '2.00 (1.00–3.00)'],
  [[301.2, 300.6], '301 (301–301)'],
])('%o is told by its median and its ends', (values, text) => {
  expect(told(values)).toBe(text);
});

const figures: Figures = {
  name: 'An engine',
  modelSeconds: 2,
  alone: [2.5, 2.25, 3].map((seconds) => ({ seconds, coreSeconds: 0.1 })),
  idle: [0.005],
  together: [{ perSecond: 20, coreSeconds: 0.05, workerMiB: 150, serverMiB: 60 }],
  recoveries: {
    'in a step': [
      { goesOn: 1, seconds: 4.5, twice: 1, wentBack: false },
      { seconds: 5.5, twice: 2, wentBack: true },
    ],
  },
};

/** The cells of the row that begins with `what`. */
const cells = (lines: readonly string[], what: string) =>
  lines
    .find((line) => line.startsWith(`| ${what}`))
    ?.split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());

it('shows what a scan takes above the time of the model', () => {
  const lines = tableOf([figures]);
  expect(cells(lines, "above the model's time")).toEqual(['0.50 (0.25–1.00)']);
  expect(cells(lines, 'a scan alone, p95')).toEqual(['3.00']);
  expect(cells(lines, 'processor, idle')).toEqual(['5.00']);
  expect(cells(lines, 'lines of code')).toEqual(['–']);
});

it('shows how much later a scan ends than an undisturbed one, and counts what ran twice and what went back', () => {
  expect(cells(recoveriesOf([figures]), 'An engine')).toEqual([
    'in a step',
    '2',
    '1.00',
    '2.00 (2.00–3.00)',
    '3',
    '1',
  ]);
});
