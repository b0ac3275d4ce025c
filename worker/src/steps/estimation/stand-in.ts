/** The stand-in model's answer: the body fat that body mass index, age and sex predict, shifted a little by the photos. */

import { z } from 'zod';
import { bodyFatByBmi } from '../../body/equations/body-fat-by-bmi.ts';
import { number, type StandInQuestion } from '../../model/stand-in.ts';

/** A number from 0 to 1 that depends only on the hashes (hex). */
function fraction(hashes: readonly string[]): number {
  const sum = hashes.reduce((total, hash) => total + Number.parseInt(hash.slice(0, 8), 16), 0);
  return (sum % 2 ** 32) / 2 ** 32;
}

const tenth = (value: number) => Math.round(value * 10) / 10;

export function answer({ facts, photoHashes }: StandInQuestion): unknown {
  const { sex, ageYears, bmi, measured, previousAnswer } = z
    .object({
      sex: z.enum(['male', 'female', 'unspecified']),
      ageYears: z.number(),
      bmi: z.number(),
      measured: z
        .object({ bodyFatPercent: z.number(), girthsCm: z.object({ waist: z.number() }) })
        .optional(),
      previousAnswer: z.number().optional(),
    })
    .parse(facts);
  // The same photos always give the same number; other photos give a number within 1.5 points of the prediction.
  const offset = (fraction(photoHashes) - 0.5) * 3;
  const floor = sex === 'female' ? 11 : 4;
  const byEye = previousAnswer ?? bodyFatByBmi(bmi, ageYears, sex) + offset;
  // When the measurement is shown, the answer moves most of the way to it.
  const believed = measured ? byEye + (measured.bodyFatPercent - byEye) * 0.75 : byEye;
  const bodyFatPercent = tenth(Math.min(60, Math.max(floor, believed)));
  return {
    bodyFatPercent,
    low: tenth(Math.max(floor - 1, bodyFatPercent - 2.5)),
    high: tenth(bodyFatPercent + 2.5),
    observations: [
      measured
        ? `A waist of ${number(measured.girthsCm.waist, 1)} cm is what the photos show at a second look.`
        : `Waist and hip outline fit a body mass index of ${number(bmi, 1)}.`,
      'The outline of the torso is visible from all four sides.',
    ],
  };
}
