/**
 * What the answers of a stand-in for the model are made of. Each step that asks a model has one beside its agent: deterministic, plausible,
 * and built on the numbers that the question gives. They run on one machine and in tests only (`local/stand-ins/model/`).
 */

import { z } from 'zod';

/** What such an answer may go by. */
export interface StandInQuestion {
  readonly facts: Record<string, unknown>;
  /** SHA-256 (hex) of each photo's data URL, in order. */
  readonly photoHashes: readonly string[];
}

export const goal = z.enum(['lose_fat', 'maintain', 'gain_muscle']);

export const GOAL_WORDS: Record<z.infer<typeof goal>, string> = {
  lose_fat: 'lose fat',
  maintain: 'hold your weight',
  gain_muscle: 'build muscle',
};
