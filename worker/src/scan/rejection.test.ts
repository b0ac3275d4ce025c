import { ANGLES } from '@reddyfit/shared/names/angles';
import { scan } from '@reddyfit/shared/scan/document';
import { PHOTO_ISSUES, type PhotoIssue, type QualityCheckResult } from '@reddyfit/shared/scan/results';
import { isCode, speakerFor } from '@reddyfit/shared/words/speaker';
import { expect, it } from 'vitest';
import { qualityCheckAnswer } from '../steps/quality-check/agent.ts';
import { rejection } from './rejection.ts';

/** A verdict in which each named photo has these issues. */
function verdictOf(issues: Partial<Record<(typeof ANGLES)[number], PhotoIssue[]>>): QualityCheckResult {
  const photos = Object.fromEntries(
    ANGLES.map((angle) => [angle, { accepted: !issues[angle], issues: issues[angle] ?? [] }]),
  ) as QualityCheckResult['photos'];
  return { accepted: false, photos };
}
const told = (angle: 'front' | 'left', locale: string): PhotoIssue => ({
  code: 'tilted',
  ...speakerFor({ locale, units: 'metric' }).tell('photos', 'tilted', { angle, degrees: 12 }),
});

it.each(['en', 'es', 'de', 'hi'])('each photo has its code and what to do, in %s', (locale) => {
  const speaker = speakerFor({ locale, units: 'metric' });
  const { code, photos } = rejection(
    verdictOf({
      left: [told('left', locale), { code: 'obstructed', message: 'A towel hides you. Put it away.' }],
      front: [{ code: 'missing', ...speaker.tell('photos', 'missing', { angle: 'front' }) }],
    }),
    speaker,
  );
  expect(code).toBe('InvalidImageError');
  expect(photos).toEqual([
    { angle: 'front', code: 'missing', ...speaker.tell('photos', 'missing', { angle: 'front' }) },
    { angle: 'left', code: 'tilted', ...speaker.tell('photos', 'tilted', { angle: 'left', degrees: 12 }) },
    { angle: 'left', code: 'obstructed', ...speaker.tell('photos', 'obstructed', { angle: 'left' }) },
  ]);
});

it('says once what a model says several times of a photo, and of each photo', () => {
  const obstructed = (message: string): PhotoIssue => ({ code: 'obstructed', message });
  const hidden = [obstructed('A chair hides you.'), obstructed('A bag hides you.')];
  const { photos, message } = rejection(
    verdictOf({ left: [told('left', 'en'), ...hidden, told('left', 'en')], back: hidden }),
    speakerFor(),
  );
  expect(photos!.map(({ angle, code }) => [angle, code])).toEqual([
    ['back', 'obstructed'],
    ['left', 'tilted'],
    ['left', 'obstructed'],
    ['left', 'tilted'],
  ]);
  expect(message).toContain('A chair hides you. A bag hides you.');
});

it('names no sentence that the vocabulary does not have, as a verdict of an earlier build may', () => {
  const earlier = { message: 'Stand still.', params: { angle: 'left' as const } };
  const { photos, message } = rejection(
    verdictOf({
      left: [
        { code: 'blurred', messageCode: 'blurred.moved', ...earlier },
        { code: 'unreadable', message: 'It cannot be read.' },
        { code: 'obstructed', messageCode: 'obstructed.chair', ...earlier },
        { code: 'too_dark', message: 'It is dark.' },
      ],
    }),
    speakerFor(),
  );
  expect(photos).toEqual([
    { angle: 'left', code: 'obstructed', ...speakerFor().tell('photos', 'obstructed', { angle: 'left' }) },
    {
      angle: 'left',
      code: 'too_dark',
      messageCode: 'too_dark',
      params: { angle: 'left' },
      message: 'It is dark.',
    },
  ]);
  expect(message).toBe('Stand still. It cannot be read. Stand still. It is dark.');
});

it('keeps the joined sentence under one code for apps that know nothing else', () => {
  const { message, code, messageCode } = rejection(
    verdictOf({ left: [told('left', 'en')], front: [told('front', 'en')] }),
    speakerFor(),
  );
  expect({ code, messageCode }).toEqual({ code: 'PhotosRejectedError', messageCode: 'PhotosRejectedError' });
  expect(message).toBe([told('front', 'en').message, told('left', 'en').message].join(' '));
});

it('says whatever a model may see by a sentence of the vocabulary, and the document may hold it', () => {
  const seen = qualityCheckAnswer.shape.left.shape.issues.element.shape.code.options;
  expect(PHOTO_ISSUES).toEqual(expect.arrayContaining([...seen]));
  const error = rejection(
    verdictOf({ right: seen.map((code) => ({ code, message: 'As the model says it.' })) }),
    speakerFor(),
  );
  expect(error.photos!.map(({ code }) => code)).toEqual(seen);
  for (const { messageCode, message } of error.photos!) {
    expect(isCode('photos', messageCode), messageCode).toBe(true);
    expect(message).toMatch(/^.*\bright photo\b.*\. .*\.$/);
  }
  expect(scan.shape.error.unwrap().parse(error)).toEqual(error);
});
