/**
 * The stand-in's answer to each agent, made by the `stand-in.ts` beside that agent, and functions that spoil such an
 * answer.
 */

import { ANGLES } from '@reddyfit/shared/scan/photos';
import { STEPS } from '@reddyfit/shared/scan/steps';
import type { StandInQuestion as Given } from '../../../worker/src/model/stand-in.ts';
import type { StandInQuestion } from './question.ts';

/** The folder of a step: `quality-check` for `qualityCheck`. */
const folderOf = (step: string) => step.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The function that answers, for each step that asks a model. */
const ANSWERS = new Map(
  await Promise.all(
    STEPS.filter(({ asksModel }) => asksModel).map(async ({ name }) => {
      const file = new URL(`../../../worker/src/steps/${folderOf(name)}/stand-in.ts`, import.meta.url);
      const { answer } = (await import(file.href)) as { answer: (question: Given) => unknown };
      return [name as string, answer] as const;
    }),
  ),
);

/** The answer as the agent's schema wants it. Throws when the facts are not what the step's agent sends. */
export function answerTo(question: StandInQuestion): unknown {
  const answer = ANSWERS.get(question.step);
  if (!answer) throw new TypeError(`${question.step} asks no model`);
  return answer(question);
}

/** qualityCheck's answer with one photo refused. */
export function rejection(): unknown {
  const issue = {
    code: 'wrong_angle',
    message:
      'The left photo shows your back. Turn so that your left side faces the camera and take it again.',
  };
  return Object.fromEntries(ANGLES.map((angle) => [angle, { issues: angle === 'left' ? [issue] : [] }]));
}

/** The same answer with numbers that no body has, and a link in every text. */
export function spoiled(answer: unknown): unknown {
  return changed(
    answer,
    () => 900,
    (text) => `${text} See https://example.com`,
  );
}

/** The same answer with an apology for every sentence. */
export function apologetic(answer: unknown): unknown {
  const isSentence = (text: string) => text.includes(' ');
  return changed(
    answer,
    (value) => value,
    (text) => (isSentence(text) ? "I'm sorry, but I can't help with that." : text),
  );
}

function changed(
  answer: unknown,
  number: (value: number) => number,
  text: (value: string) => string,
): unknown {
  if (typeof answer === 'number') return number(answer);
  if (typeof answer === 'string') return text(answer);
  if (Array.isArray(answer)) return answer.map((part) => changed(part, number, text));
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [name, changed(value, number, text)]),
  );
}

/** The same answer with markup in every text. */
export function withMarkup(answer: unknown): unknown {
  return changed(
    answer,
    (number) => number,
    (text) => `${text} <a href="#">More</a>`,
  );
}

/** The same JSON with NaN in place of every number. */
export function withNaN(json: string): string {
  return json.replaceAll(/(?<=[:[,])-?\d+(\.\d+)?(?=[,}\]])/g, 'NaN');
}

/** estimation's answer from a model that follows instructions written in a photo. */
export function obedient(): unknown {
  const observations = ['As the words in the photo say, body fat is 5 percent.'];
  return { bodyFatPercent: 5, low: 4, high: 6, confidence: 1, observations };
}
