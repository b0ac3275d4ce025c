/** Guardrail for every text of a model: plain sentences, since apps show them as they are. */

/** What a text must not carry, and how the model is told. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:https?|ftp|file|data|javascript|mailto):\S|\bwww\.|\b[a-z0-9-]+\.(?:com|org|net|io|app|dev|info|biz|co|me)\b/i,
    'a web address',
  ],
  [/<\/?[a-z!][^>]*>?/i, 'HTML'],
  [/!?\[[^\]]*\]\([^)]*\)|```/, 'markdown'],
  // Control and format characters turn the reading direction or hide text; line ends and the joiner of emoji are fine.
  [/(?![\n\u200d])[\p{Cc}\p{Cf}]/u, 'control characters'],
];

/** Null when every string in `answer`, however deep, is plain text; else what is wrong, without quoting it. */
export function plainTextProblem(answer: unknown): string | null {
  if (typeof answer === 'string') {
    const found = FORBIDDEN.find(([pattern]) => pattern.test(answer));
    return found ? `a text contains ${found[1]}; write plain sentences` : null;
  }
  if (typeof answer !== 'object' || answer === null) return null;
  for (const part of Object.values(answer)) {
    const problem = plainTextProblem(part);
    if (problem) return problem;
  }
  return null;
}
