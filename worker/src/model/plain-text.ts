/** Guardrail for every text of a model: texts must be plain sentences, since apps show them unchanged. */

import { find as findLinks } from 'linkifyjs';

/** Addresses that a reader may take for a link although linkifyjs, which knows only listed top-level domains, finds none. */
const ADDRESS = new RegExp(
  [
    // Any URL scheme, also a defused one (hxxps://), and the schemes without slashes.
    String.raw`\b[a-z][a-z0-9+.-]*:\/\/`,
    String.raw`\b(?:file|data|javascript|vbscript|mailto|tel|sms):\S`,
    String.raw`\bwww\.`,
    // A host with a path, whatever its top-level domain, and an IPv4 address.
    String.raw`\b[\p{L}\p{N}-]+\.[\p{L}]{2,}\/[\p{L}\p{N}]`,
    String.raw`\b(?:\d{1,3}\.){3}\d{1,3}\b`,
  ].join('|'),
  'iu',
);

/** What a text must not contain, and how the model is told. */
const FORBIDDEN: readonly (readonly [(text: string) => boolean, string])[] = [
  // Control and format characters can reverse the reading direction or hide text. Line ends are allowed, and so are the
  // two joiners U+200C and U+200D, which emoji and Hindi need.
  [matches(/(?![\n\u200c\u200d])[\p{Cc}\p{Cf}]/u), 'control characters'],
  [(text) => ADDRESS.test(text) || findLinks(text).length > 0, 'a web address'],
  // Browsers do not parse a tag with white space after "<", but an app may normalize the text before it shows it.
  [matches(/<\/?[a-z!][^>]*>?|<\s+\/?\s*[a-z!][^<>]*>/i), 'HTML'],
  [matches(/!?\[[^\]]*\]\s?\([^)]*\)|```/), 'markdown'],
];

function matches(pattern: RegExp): (text: string) => boolean {
  return (text) => pattern.test(text);
}

/** Null when every string in `answer`, at any depth, is plain text; otherwise what is wrong, without a quotation. */
export function plainTextProblem(answer: unknown): string | null {
  if (typeof answer === 'string') {
    const normal = normalized(answer);
    const found = FORBIDDEN.find(([isFound]) => isFound(answer) || isFound(normal));
    return found ? `a text contains ${found[1]}; write plain sentences` : null;
  }
  if (typeof answer !== 'object' || answer === null) return null;
  for (const part of Object.values(answer)) {
    const problem = plainTextProblem(part);
    if (problem) return problem;
  }
  return null;
}

/**
 * The text as a reader sees it: full-width and other look-alike letters become plain letters (Unicode NFKC), and dots
 * of an address that were bracketed or written out become dots.
 */
function normalized(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/(?<=[\p{L}\p{N}])\s?(?:[[({]\s?(?:\.|dot)\s?[\])}]|[\u3002\uff61])\s?(?=[\p{L}\p{N}])/giu, '.');
}
