/** Asks a model to explain the numbers of this scan and their change in words. */

import {
  insightsResult,
  type DeltaResult,
  type EstimationResult,
  type InsightsResult,
} from '@reddyfit/shared/scan/results';
import type { Reader } from '@reddyfit/shared/words/reader';
import type { ScanSubject } from '@reddyfit/shared/temporal/workflows';
import { bodyFatBand } from '../../body/equations/goal.ts';
import type { Model } from '../../model/model.ts';
import { ask, type Prompt } from '../../model/ask.ts';
import { factsInUnits } from '../../model/facts-in-units.ts';

/** `delta` is null when it could not be computed; its parts are null where there is no scan to compare with. */
export interface InsightsInput {
  readonly subject: ScanSubject;
  readonly reader?: Reader | undefined;
  readonly estimation: EstimationResult;
  readonly delta: DeltaResult | null;
}

/** Schema of the model's answer. */
export const insightsAnswer = insightsResult.omit({ modelCall: true });

/**
 * A change without the id of the scan it is measured against. Where the change of body fat may be chance, so may those of the
 * masses that are computed from it, and the model is not told of them; nor of the change of a doubtful weight.
 */
function changeOf(since: DeltaResult['previous'] | undefined) {
  if (!since) return null;
  const { leanMassLb, fatMassLb, weightLb, ...rest } = since.change;
  const weight = rest.weightDoubtful ? {} : { weightLb };
  const masses = rest.moreThanChance === false ? {} : { leanMassLb, fatMassLb };
  return { days: Math.round(since.days), change: { ...rest, ...weight, ...masses } };
}

/** A trend without its rate of body fat where that may be chance. */
function trendOf(trend: DeltaResult['trend'] | undefined) {
  if (trend?.moreThanChance !== false) return trend ?? null;
  const { bodyFatPercentPerWeek: _, bodyFatPercentPerWeekError: __, ...rest } = trend;
  return rest;
}

/** The prompt, a pure function of the estimation and its change. */
export function insightsPrompt({ subject, estimation, delta, reader }: InsightsInput): Prompt {
  return {
    instructions: [
      'You explain the result of a body scan to the person it belongs to.',
      'summary: two or three sentences on where they stand, with body fat and lean mass.',
      'highlights: one sentence each on what changed and what that means; where there is no earlier scan to compare with (changes null; it need not be the first) on what stands out.',
      'nextFocus: the one thing that matters most until the next scan.',
      'Changes are "more than before" when positive. A change of body fat whose "moreThanChance" is false may be chance alone: say that the photos show no change, and call it neither progress nor a setback. The same holds for "trend".',
      'A change with "weightDoubtful" rests on a weight that can hardly be right: say so, and call it no change. One with "heightChanged" lies across a correction of the height in the profile, by which girths are scaled: say that a part of it may come from that.',
      '"bodyFatRange" is what the photos can tell of one scan; "rangeSentence" says why it is wide.',
    ].join('\n'),
    facts: factsInUnits(
      {
        sex: subject.sex,
        ageYears: subject.ageYears,
        weightLb: subject.weightLb,
        bodyFatPercent: estimation.bodyFatPercent,
        bodyFatRange: estimation.bodyFatRange,
        rangeSentence: estimation.rangeSentence ?? null,
        bodyFatBand: bodyFatBand(estimation.bodyFatPercent, subject.sex),
        leanMassLb: estimation.leanMassLb,
        fatMassLb: estimation.fatMassLb,
        bmi: estimation.bmi,
        confidence: estimation.confidence,
        observations: estimation.observations,
        sincePrevious: changeOf(delta?.previous),
        sinceYear: changeOf(delta?.year),
        trend: trendOf(delta?.trend),
      },
      reader?.units,
    ),
  };
}

/** Asks the model. Throws the errors of `ask`. */
export function createInsightsAgent(model: Model) {
  return async (input: InsightsInput, signal: AbortSignal): Promise<InsightsResult> => {
    const { answer, modelCall } = await ask(
      model,
      {
        step: 'insights',
        promptName: 'insights',
        prompt: insightsPrompt(input),
        reader: input.reader,
        answer: insightsAnswer,
      },
      signal,
    );
    return { ...answer, modelCall };
  };
}
