/**
 * Says a sentence to a reader: in the table of their language, with their numbers and units. One file per language lies beside this
 * one; `languages.ts` lists them by itself (`npm run words`). Sentences are functions: the compiler checks keys and
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

/** The parameters as an argument: none for a sentence that has none. */
export type ParamsArgument<G extends Group, Key extends keyof Language[G]> =
  Record<never, never> extends ParamsOf<G, Key> ? [] : [ParamsOf<G, Key>];

/** A sentence with its code and parameters, as it stands on a document: a client may show it, or render its own. */
export interface Told<Code extends string = string> {
  messageCode: Code;
  params: Params;
  message: string;
}

/** Speaks to one reader. */
export interface Speaker {
  readonly reader: Reader;
  /** Tag of the table that is spoken, `en` when the reader's language has none. */
  readonly language: string;
  readonly format: Format;
  /** The sentence alone. */
  say<G extends Group, Key extends keyof Language[G] & string>(
    group: G,
    key: Key,
    ...params: ParamsArgument<G, Key>
  ): string;
  /** The sentence with its code and parameters. */
  tell<G extends Group, Key extends keyof Language[G] & string>(
    group: G,
    key: Key,
    ...params: ParamsArgument<G, Key>
  ): Told<Key>;
  /** The same from a document or a failure, whose code was checked by `isCode`. */
  retell(group: Group, code: string, params: Params): Told;
}

const speakers = new Map<string, Speaker>();

/** Most readers' settings kept at once: there are few languages, but a client may make up any locale. */
const MOST_SPEAKERS = 200;

/** The speaker for a reader; for nobody in particular, English and pounds. */
export function speakerFor(reader: Reader = NOBODY): Speaker {
  const key = `${reader.locale} ${reader.units}`;
  const known = speakers.get(key);
  if (known) return known;
  if (speakers.size >= MOST_SPEAKERS) speakers.clear();
  const speaker = createSpeaker(reader, LANGUAGES);
  speakers.set(key, speaker);
  return speaker;
}

/** A speaker with `languages` by their tags as BCP 47 writes them (`pt`, `pt-BR`). */
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

/** Whether a sentence of this code exists: a document or a failure may come from another build. */
export function isCode<G extends Group>(group: G, code: unknown): code is keyof Language[G] & string {
  return typeof code === 'string' && Object.hasOwn(en[group], code);
}

const isEnglish = (locale: string) => localeParts(locale).language === 'en';

/** The table for a locale: the longest tag that begins it (RFC 4647, lookup) and is written in the same script. */
function lookup(locale: string, languages: Readonly<Record<string, Translation>>): string | undefined {
  const script = scriptOf(locale);
  for (let tag = locale; tag !== ''; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
    if (Object.hasOwn(languages, tag) && scriptOf(tag) === script) return tag;
  }
  return undefined;
}

const scriptOf = (tag: string) => localeParts(tag).script;
