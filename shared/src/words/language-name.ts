/** What a model is told to write. */

import type { Reader } from './reader.ts';
import { speakerFor } from './speaker.ts';

/**
 * The reader's language in English, with how it addresses a user where we have a table for it ("German, addressing the user as
 * "du""), else its name alone ("French"): a model writes more languages than we have tables.
 */
export function languageName(reader: Reader): string {
  const speaker = speakerFor(reader);
  const { language } = new Intl.Locale(reader.locale);
  if (new Intl.Locale(speaker.language).language === language) return speaker.say('model', 'language');
  return (
    new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(language) ??
    speaker.say('model', 'language')
  );
}
