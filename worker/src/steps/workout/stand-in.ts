/** The stand-in model's answer: a week of training for the goal. */

import { z } from 'zod';
import { goal, GOAL_WORDS, percent, type StandInQuestion } from '../../model/stand-in.ts';
import { sessionsFor } from './stand-in-sessions.ts';

export function answer({ facts }: StandInQuestion): unknown {
  const given = z.object({ goal, bodyFatPercent: z.number() }).parse(facts);
  return {
    sessions: sessionsFor(given.goal),
    advice: `At ${percent(given.bodyFatPercent)} body fat, train to ${GOAL_WORDS[given.goal]}: leave two repetitions in reserve, and rest when something hurts.`,
  };
}
