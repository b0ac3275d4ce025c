/** The stand-in model's answer: three meals that share the day's energy and protein. */

import { z } from 'zod';
import { goal, GOAL_WORDS, number, type StandInQuestion } from '../../model/stand-in.ts';

export function answer({ facts }: StandInQuestion): unknown {
  const given = z.object({ goal, calorieTargetKcal: z.number(), proteinG: z.number() }).parse(facts);
  const share = (part: number) =>
    `${number(given.calorieTargetKcal * part)} kcal, ${number(given.proteinG * part)} g protein`;
  return {
    meals: [
      { name: 'Breakfast', description: `Oats with yoghurt, berries and nuts: about ${share(0.3)}.` },
      { name: 'Lunch', description: `Rice with chicken or tofu and vegetables: about ${share(0.35)}.` },
      { name: 'Dinner', description: `Potatoes with fish or beans and a salad: about ${share(0.35)}.` },
    ],
    advice: `To ${GOAL_WORDS[given.goal]}, eat about ${number(given.calorieTargetKcal)} kcal and ${number(given.proteinG)} g of protein a day.`,
  };
}
