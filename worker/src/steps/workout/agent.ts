/** Asks a model to plan a week of training for the goal that follows from body fat. */

import { workoutResult, type EstimationResult, type WorkoutResult } from '@reddyfit/shared/scan/results';
import type { ScanSubject } from '@reddyfit/shared/temporal/workflows';
import { goalFor, type Goal } from '../../body/equations/goal.ts';
import type { Model } from '../../model/model.ts';
import { ask, type Prompt } from '../../model/ask.ts';
import type { Reader } from '@reddyfit/shared/words/reader';
import { factsInUnits } from '../../model/facts-in-units.ts';

export interface WorkoutInput {
  readonly subject: ScanSubject;
  readonly reader?: Reader | undefined;
  readonly estimation: EstimationResult;
}

/** Schema of the model's answer. */
export const workoutAnswer = workoutResult.pick({ sessions: true, advice: true });

/** The prompt, a pure function of goal, subject and estimation. */
export function workoutPrompt(goal: Goal, { subject, estimation, reader }: WorkoutInput): Prompt {
  return {
    instructions: [
      'You plan one week of training for the goal in FACTS, for someone whose training history you do not know.',
      'sessions: two to five, with at least two that train all major muscle groups; minutes is the whole session.',
      'exercises: sets, and reps as text such as "8-12" or "30 s". Prefer movements that need little equipment.',
      'advice: two or three sentences on effort, progress and rest.',
      'Keep joints in mind when bmi or ageYears are high, and tell them to stop when something hurts.',
    ].join('\n'),
    facts: factsInUnits(
      {
        goal,
        sex: subject.sex,
        ageYears: subject.ageYears,
        bmi: estimation.bmi,
        bodyFatPercent: estimation.bodyFatPercent,
        leanMassLb: estimation.leanMassLb,
      },
      reader?.units,
    ),
  };
}

/** Computes the goal and asks the model for a plan. Throws the errors of `ask`. */
export function createWorkoutAgent(model: Model) {
  return async (input: WorkoutInput, signal: AbortSignal): Promise<WorkoutResult> => {
    const goal = goalFor({ ...input.subject, ...input.estimation });
    const { answer, modelCall } = await ask(
      model,
      {
        step: 'workout',
        promptName: 'workout',
        prompt: workoutPrompt(goal, input),
        reader: input.reader,
        answer: workoutAnswer,
      },
      signal,
    );
    return { goal, ...answer, modelCall };
  };
}
