/**
 * Reads a BCP 47 tag, and adds the likely script and region when the tag names none. Imports nothing, since a page needs it
 * before anything else.
 */

export interface LocaleParts {
  /** The tag as BCP 47 writes it, without a Unicode locale extension (`-u-`) and what follows that. */
  readonly name: string;
  readonly language: string;
  /** For a tag without script or region, those in which the language is mostly written and spoken. */
  readonly script: string | undefined;
  readonly region: string | undefined;
}

/** The parts of a language tag. Throws RangeError when `tag` is not one. */
export function localeParts(tag: string): LocaleParts {
  // Hermes, on which React Native runs, has no Intl.Locale.
  if (typeof Intl.Locale !== 'function') return readTag(tag);
  const locale = new Intl.Locale(tag);
  const { script, region } = locale.maximize();
  return { name: locale.baseName.replace(/-u-.*$/, ''), language: locale.language, script, region };
}

/** Language, script, region and variants (RFC 5646, section 2.1), without the rarer kinds of tags. */
const TAG =
  /^([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?((?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)$/i;

/** The likely script and region of the languages that have sentences here (CLDR 46, likelySubtags). */
const LIKELY: Readonly<Record<string, readonly [script: string, region: string]>> = {
  en: ['Latn', 'US'],
  es: ['Latn', 'ES'],
  de: ['Latn', 'DE'],
  hi: ['Deva', 'IN'],
};

function readTag(tag: string): LocaleParts {
  const [, named, written, spoken, variants = ''] = TAG.exec(tag) ?? [];
  if (named === undefined) throw new RangeError('not a language tag');
  const language = named.toLowerCase();
  const script = written && written[0]!.toUpperCase() + written.slice(1).toLowerCase();
  const region = spoken?.toUpperCase();
  const name = [language, script, region].filter((part) => part !== undefined).join('-');
  const [likelyScript, likelyRegion] = LIKELY[language] ?? [];
  return {
    // Intl.Locale takes this variant for an extension, and localeParts leaves extensions out.
    name: name + variants.toLowerCase().replace(/-posix$/, ''),
    language,
    script: script ?? likelyScript,
    region: region ?? likelyRegion,
  };
}
