/** Names the language in which a model is told to write. */

import type { Reader } from './reader.ts';
import { speakerFor } from './speaker.ts';

/**
 * The English name of the reader's language. A language that has sentences here also tells how to address the user ("German,
 * addressing the user as "du""). Any other language has the name alone ("French"), since a model can write more languages than
 * have sentences here.
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
