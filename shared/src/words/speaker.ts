/**
 * Says sentences to a reader in their language, with their numbers and units. Each language has a file beside this one;
 * `npm run words` lists these files in `languages.ts`. Sentences are functions, so that the compiler checks keys and
 * parameters, `Intl` writes numbers and plurals, and a workflow can bundle them.
 */

import { en, type Language, type Translation } from './en.ts';
import { type Format, formatOf } from './format.ts';
import { LANGUAGES } from './languages.ts';
import { localeParts } from './locale-parts.ts';
import type { Params } from './params.ts';
import { NOBODY, type Reader } from './reader.ts';

export type { Language } from './en.ts';
export type { Params } from './params.ts';

type Group = keyof Language;

/** The parameters of one sentence. */
export type ParamsOf<G extends Group, Key extends keyof Language[G]> = Language[G][Key] extends (
  params: infer P,
  format: Format,
) => string
  ? P
  : Record<never, never>;

/** The parameters as an argument list, which is empty for a sentence without parameters. */
export type ParamsArgument<G extends Group, Key extends keyof Language[G]> =
  Record<never, never> extends ParamsOf<G, Key> ? [] : [ParamsOf<G, Key>];

/**
 * A sentence with its code and parameters, as a document holds it. A client may show the sentence, or write its own from code
 * and parameters.
 */
export interface Told<Code extends string = string> {
  messageCode: Code;
  params: Params;
  message: string;
}

/** Says sentences to one reader. */
export interface Speaker {
  readonly reader: Reader;
  /** The tag of the language of the sentences: `en` when the reader's language has no sentences here. */
  readonly language: string;
  readonly format: Format;
  /** A sentence without code and parameters. */
  say<G extends Group, Key extends keyof Language[G] & string>(
    group: G,
    key: Key,
    ...params: ParamsArgument<G, Key>
  ): string;
  /** A sentence with its code and parameters. */
  tell<G extends Group, Key extends keyof Language[G] & string>(
    group: G,
    key: Key,
    ...params: ParamsArgument<G, Key>
  ): Told<Key>;
  /** Like `tell`, for the code and parameters of a document or a failure. `isCode` must have accepted the code. */
  retell(group: Group, code: string, params: Params): Told;
}

const speakers = new Map<string, Speaker>();

/** The most speakers that are cached: there are few languages, but a client may invent any number of locales. */
const MOST_SPEAKERS = 200;

/** The speaker for a reader. Without a reader it speaks English, with weights in pounds. */
export function speakerFor(reader: Reader = NOBODY): Speaker {
  const key = `${reader.locale} ${reader.units}`;
  const known = speakers.get(key);
  if (known) return known;
  if (speakers.size >= MOST_SPEAKERS) speakers.clear();
  const speaker = createSpeaker(reader, LANGUAGES);
  speakers.set(key, speaker);
  return speaker;
}

/** A speaker that knows `languages`, whose keys are tags as BCP 47 writes them (`pt`, `pt-BR`). */
export function createSpeaker(reader: Reader, languages: Readonly<Record<string, Translation>>): Speaker {
  const language = lookup(reader.locale, languages) ?? 'en';
  const translation = languages[language] ?? {};
  const format = formatOf(language === 'en' && !isEnglish(reader.locale) ? 'en' : reader.locale, reader);
  type Entry = string | ((params: Params, format: Format) => string);
  const text = (group: Group, key: string, params: Params = {}): string => {
    const entry = ((translation[group] as Record<string, Entry> | undefined)?.[key] ??
      (en[group] as Record<string, Entry>)[key]) as Entry;
    return typeof entry === 'string' ? entry : entry(params, format);
  };
  return {
    reader,
    language,
    format,
    say: (group, key, ...[params]) => text(group, key, params as Params | undefined),
    tell: (group, key, ...[params = {}]) => ({
      messageCode: key,
      params: params as Params,
      message: text(group, key, params as Params),
    }),
    retell: (group, code, params) => ({ messageCode: code, params, message: text(group, code, params) }),
  };
}

/** True when a sentence with this code exists. A document or a failure may have a code of another build. */
export function isCode<G extends Group>(group: G, code: unknown): code is keyof Language[G] & string {
  return typeof code === 'string' && Object.hasOwn(en[group], code);
}

const isEnglish = (locale: string) => localeParts(locale).language === 'en';

/** The tag of the language for a locale: the longest tag that begins it (RFC 4647, lookup) and has the same script. */
function lookup(locale: string, languages: Readonly<Record<string, Translation>>): string | undefined {
  const script = scriptOf(locale);
  for (let tag = locale; tag !== ''; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
    if (Object.hasOwn(languages, tag) && scriptOf(tag) === script) return tag;
  }
  return undefined;
}

const scriptOf = (tag: string) => localeParts(tag).script;
