/** The stand-in model's answer: the numbers in sentences. */

import { z } from 'zod';
import { number, percent, type StandInQuestion } from '../../model/stand-in.ts';

const change = z
  .object({
    days: z.number(),
    change: z.object({ bodyFatPercent: z.number(), moreThanChance: z.boolean().optional() }),
  })
  .nullable();

function sinceSentence(scan: string, given: z.infer<typeof change>): string | null {
  if (!given) return null;
  const days = Math.round(given.days);
  const since = `${scan}, ${days === 0 ? 'less than a day ago' : days === 1 ? '1 day ago' : `${number(days)} days ago`}`;
  const { bodyFatPercent: points, moreThanChance } = given.change;
  if (moreThanChance === false)
    return `Since ${since}, the photos show no change of your body fat that is more than chance.`;
  const direction = points < 0 ? 'fell' : 'rose';
  return `Since ${since}, your body fat ${direction} by ${number(Math.abs(points), 1)} points.`;
}

export function answer({ facts }: StandInQuestion): unknown {
  const given = z
    .object({
      bodyFatPercent: z.number(),
      leanMassLb: z.number().optional(),
      leanMassKg: z.number().optional(),
      sincePrevious: change,
      sinceYear: change,
    })
    .parse(facts);
  const highlights = [
    sinceSentence('your last scan', given.sincePrevious),
    sinceSentence('your first scan of the last year', given.sinceYear),
  ].filter((sentence) => sentence !== null);
  return {
    summary: `Your body fat is ${percent(given.bodyFatPercent)} and your lean mass ${given.leanMassKg ? `${number(given.leanMassKg, 1)} kg` : `${number(given.leanMassLb!, 1)} lb`}.`,
    highlights:
      highlights.length > 0
        ? highlights
        : ['There is no earlier scan to compare with: from here on you see changes.'],
    nextFocus: 'Take your photos in the same place and light each time, so that small changes show.',
  };
}
