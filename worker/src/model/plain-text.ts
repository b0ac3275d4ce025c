/** Guardrail for every text of a model: plain sentences, since apps show them as they are. */

import { find as findLinks } from 'linkifyjs';

/** Addresses that a reader would make a link of although linkifyjs, which goes by the list of top-level domains, does not. */
const ADDRESS = new RegExp(
  [
    // Any scheme, also one that was defused (hxxps://), and those without slashes.
    String.raw`\b[a-z][a-z0-9+.-]*:\/\/`,
    String.raw`\b(?:file|data|javascript|vbscript|mailto|tel|sms):\S`,
    String.raw`\bwww\.`,
    // A host with a path, whatever it ends in, and an IPv4 address.
    String.raw`\b[\p{L}\p{N}-]+\.[\p{L}]{2,}\/[\p{L}\p{N}]`,
    String.raw`\b(?:\d{1,3}\.){3}\d{1,3}\b`,
  ].join('|'),
  'iu',
);

/** What a text must not carry, and how the model is told. */
const FORBIDDEN: readonly (readonly [(text: string) => boolean, string])[] = [
  // Control and format characters turn the reading direction or hide text; line ends are fine, and the two joiners: emoji and Hindi need them.
  [matches(/(?![\n\u200c\u200d])[\p{Cc}\p{Cf}]/u), 'control characters'],
  [(text) => ADDRESS.test(text) || findLinks(text).length > 0, 'a web address'],
  // Browsers take no white space after "<", but what an app does with the text before is not known.
  [matches(/<\/?[a-z!][^>]*>?|<\s+\/?\s*[a-z!][^<>]*>/i), 'HTML'],
  [matches(/!?\[[^\]]*\]\s?\([^)]*\)|```/), 'markdown'],
];

function matches(pattern: RegExp): (text: string) => boolean {
  return (text) => pattern.test(text);
}

/** Null when every string in `answer`, however deep, is plain text; else what is wrong, without quoting it. */
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
 * The text as a reader takes it: full-width and other look-alike letters as the plain ones that they stand for (Unicode NFKC), and
 * the dots of an address as dots, also where they were bracketed or written out.
 */
function normalized(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/(?<=[\p{L}\p{N}])\s?(?:[[({]\s?(?:\.|dot)\s?[\])}]|[\u3002\uff61])\s?(?=[\p{L}\p{N}])/giu, '.');
}
