/**
 * Parts of the stand-in for the model, which runs on developers' machines and in tests only (`local/stand-ins/model/`).
 * Each step that asks a model has a stand-in answer beside its agent: deterministic, plausible, and built from the
 * numbers in the question.
 */

import { formatOf } from '@reddyfit/shared/words/format';
import { z } from 'zod';

/** What a stand-in answer is made from. */
export interface StandInQuestion {
  readonly facts: Record<string, unknown>;
  /** SHA-256 (hex) of each photo's data URL, in order. */
  readonly photoHashes: readonly string[];
}

/** Writes numbers as every other English sentence of the product does: "2,571", "18.0%". */
export const { number, percent } = formatOf('en', { units: 'imperial' });

export const goal = z.enum(['lose_fat', 'maintain', 'gain_muscle']);

export const GOAL_WORDS: Record<z.infer<typeof goal>, string> = {
  lose_fat: 'lose fat',
  maintain: 'hold your weight',
  gain_muscle: 'build muscle',
};
