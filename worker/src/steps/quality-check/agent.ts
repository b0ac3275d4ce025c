/** Asks a model whether the four photos show what an estimation needs. */

import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import { photoIssue, type PhotoIssue, type QualityCheckResult } from '@reddyfit/shared/scan/results';
import type { Reader } from '@reddyfit/shared/words/reader';
import { z } from 'zod';
import type { Model } from '../../model/model.ts';
import { ask, type PhotoDataUrls, type Prompt } from '../../model/ask.ts';

/** Issues that only a look at the picture can find; light, size and sharpness are measured before. */
const SEEN_ISSUES = ['not_a_person', 'several_people', 'not_full_body', 'wrong_angle', 'obstructed'] as const;

const photoAnswer = z.strictObject({
  issues: z
    .array(
      photoIssue
        .omit({ measured: true, messageCode: true, params: true })
        .extend({ code: z.enum(SEEN_ISSUES) }),
    )
    .max(SEEN_ISSUES.length)
    .describe('Empty when the photo can be used'),
});

/** Schema of the model's answer. */
export const qualityCheckAnswer = z.strictObject(
  Object.fromEntries(ANGLES.map((angle) => [angle, photoAnswer])) as Record<Angle, typeof photoAnswer>,
);

/** The prompt, a pure function of the photos. */
export function qualityCheckPrompt(photos: PhotoDataUrls): Prompt {
  const angles = ANGLES.filter((angle) => photos[angle] !== undefined);
  return {
    instructions: [
      'You check four photos before body fat is estimated from them. Each photo is labelled with the side it should show.',
      'Report an issue only where it would spoil the estimation:',
      '- not_a_person: there is no real or drawn adult figure to measure.',
      '- several_people: there is more than one such figure.',
      '- not_full_body: the body is cut off between head and ankles, or too far away to be measured.',
      '- wrong_angle: the side shown is not the one the label claims (left and right are the side turned to the camera).',
      '- obstructed: objects, hands, hair, towels or loose clothing hide the outline of the torso.',
      'Form-fitting sportswear, swimwear and a cropped or blurred face are fine.',
      'For each issue write one sentence that names the photo and says what to do, for example:',
      '"The left photo shows your back. Turn so that your left side faces the camera and take it again." (in the language that you are to write)',
      ...(angles.length < ANGLES.length
        ? ['"angles" in FACTS names the photos that you are shown. Report no issue for the others.']
        : []),
    ].join('\n'),
    facts: { angles },
    photos,
  };
}

/** The verdict: a photo without issues is accepted, and a scan is accepted when all four photos are. */
export function verdict(issues: Record<Angle, readonly PhotoIssue[]>): QualityCheckResult {
  const photos = Object.fromEntries(
    ANGLES.map((angle) => [angle, { accepted: issues[angle].length === 0, issues: [...issues[angle]] }]),
  ) as QualityCheckResult['photos'];
  return { accepted: ANGLES.every((angle) => photos[angle].accepted), photos };
}

/** Asks the model for a verdict on prepared photos. Throws the errors of `ask`. */
export function createQualityCheckAgent(model: Model) {
  return async (
    { photos, reader }: { photos: PhotoDataUrls; reader?: Reader | undefined },
    signal: AbortSignal,
  ): Promise<QualityCheckResult> => {
    const { answer, modelCall } = await ask(
      model,
      {
        step: 'qualityCheck',
        promptName: 'quality-check',
        prompt: qualityCheckPrompt(photos),
        reader,
        answer: qualityCheckAnswer,
      },
      signal,
    );
    const issues = Object.fromEntries(ANGLES.map((angle) => [angle, answer[angle].issues]));
    return { ...verdict(issues as Record<Angle, PhotoIssue[]>), modelCall };
  };
}
