/** The stand-in model's answer: how to drink the amount in the facts. */

import { z } from 'zod';
import { number, type StandInQuestion } from '../../model/stand-in.ts';

export function answer({ facts }: StandInQuestion): unknown {
  const given = z.object({ dailyWaterMl: z.number(), dailyWaterFlOz: z.number() }).parse(facts);
  return {
    tips: [
      `Fill a bottle in the morning: ${number(given.dailyWaterMl)} mL (${number(given.dailyWaterFlOz)} fl oz) is your day.`,
      'Drink a glass with every meal and one between meals.',
      'Drink more in heat and training; if a physician limits your fluids, that comes first.',
    ],
  };
}
