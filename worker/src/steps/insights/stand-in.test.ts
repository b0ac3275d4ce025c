import { expect, it } from 'vitest';
import { answer } from './stand-in.ts';

it.each([
  [0, 'less than a day ago'],
  [0.4, 'less than a day ago'],
  [1, '1 day ago'],
  [13, '13 days ago'],
])('says when the last scan was, %d days before', (days, when) => {
  const sincePrevious = { days, change: { bodyFatPercent: -1.2, moreThanChance: true } };
  const facts = { bodyFatPercent: 20, leanMassLb: 140, sincePrevious, sinceYear: null };
  expect(answer({ facts } as never)).toMatchObject({
    highlights: [`Since your last scan, ${when}, your body fat fell by 1.2 points.`],
  });
});
