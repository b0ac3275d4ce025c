/** Tells an apology that fills an answer's fields from an answer. */

/** How models say that they will not: English and the languages that users read, each at the beginning of a text. */
const APOLOGIES: readonly RegExp[] = [
  /^(i['’]?m|i am|we['’]?re) (really |very |so |truly )?sorry\b/i,
  /^(sorry|apologies|my apologies)\b/i,
  /^(unfortunately,? )?(i|we) (can['’]?t|cannot|can not|could not|am unable to|are unable to|won['’]?t|will not|am not able to|do not|don['’]?t feel) (\w+ )?(help|assist|provide|answer|comply|do that|do this|analy[sz]e|estimate|judge|identify|evaluate|give|comfortable|complete|fulfil)/i,
  /^as an ai\b/i,
  /^(lo siento|lo lamento|disculp|perd[oó]n|no puedo (ayudar|proporcionar|analizar|estimar|responder|asistir|dar))/i,
  /^(es tut mir (sehr |wirklich )?leid|entschuldigung|leider kann ich|ich kann (dir |ihnen |das |dabei |hierbei )*(leider )?nicht|tut mir leid)/i,
  /^(मुझे (खेद|अफ़सोस|अफसोस)|क्षमा|माफ़|माफ |मैं .{0,60}(नहीं कर सकता|नहीं कर सकती|असमर्थ))/u,
];

/** A sentence and not a code, a name of one word or a "n/a". */
const HAS_WORDS = /\p{L}.*\s.*\p{L}/su;

/**
 * Whether every sentence in `answer`, however deep, is an apology: the form was kept, and nothing was answered. Numbers beside
 * apologies are made up. False for an answer without sentences.
 */
export function isApology(answer: unknown): boolean {
  const sentences = textsIn(answer).filter((text) => HAS_WORDS.test(text));
  return (
    sentences.length > 0 &&
    sentences.every((text) => APOLOGIES.some((apology) => apology.test(text.trimStart())))
  );
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
