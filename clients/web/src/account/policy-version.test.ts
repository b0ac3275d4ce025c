import { createHash } from 'node:crypto';
import { de } from '@reddyfit/shared/words/app/de';
import { type AppWords, en } from '@reddyfit/shared/words/app/en';
import { es } from '@reddyfit/shared/words/app/es';
import { hi } from '@reddyfit/shared/words/app/hi';
import { expect, it } from 'vitest';
import { POLICY_VERSION } from './policy-version.ts';

/** What consent.tsx says of a scan, in each language. */
const textOf = (words: AppWords) => [
  words.consentBriefSeen,
  words.consentBriefKept,
  words.consentBriefGoes,
  words.consentBriefUndo,
  words.consentWhat,
  words.consentKept,
  words.consentGoesTo,
  words.consentUndoHow,
];

it('is another one when the text has changed, so that every user is asked again', () => {
  const text = JSON.stringify([en, de, es, hi].map(textOf));
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
  // A change of the text changes both.
  expect({ version: POLICY_VERSION, digest }).toEqual({
    version: '2026-11-30.3',
    digest: '844db945367bcec9',
  });
});
