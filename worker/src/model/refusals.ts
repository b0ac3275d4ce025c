/** Recognizes an apology that a model wrote into the fields of an answer. */

/** Verbs for what a model refuses to do. "See" is not among them: "I cannot see your feet" is an answer. */
const ENGLISH =
  'help|assist|provide|answer|comply|do (that|this|so)|analy[sz]e|estimate|judge|identify|evaluate|give|complete|fulfil|assess|determine|process|make|offer|support|continue|proceed|discuss|comment|perform|respond|share|rate|engage|infer|guess';
const SPANISH =
  'ayudar|proporcionar|analizar|estimar|responder|asistir|dar|evaluar|hacer|juzgar|determinar|identificar|cumplir|procesar|completar|ofrecer|valorar|realizar|continuar';
const GERMAN =
  'helfen|weiterhelfen|beurteilen|bearbeiten|beantworten|analysieren|schätzen|einschätzen|bewerten|erfüllen|ausführen|tun|geben|machen|unterstützen|identifizieren|nachkommen|abgeben|bestimmen';

/** Words that may come before a refusal. */
const BEFORE = "((unfortunately|regrettably|i['’]?m afraid|i am afraid|i regret( to say)?|thank you[^.!?]{0,60}, but|as an? (ai|language model|assistant)[^.!?]{0,60}?),? (that )?)?"; // prettier-ignore
const VORHER = '((leider|bedauerlicherweise),? )?';
const ANTES = '((lamentablemente|desafortunadamente|por desgracia|me temo que),? )?';

/** Beginnings of texts with which models refuse, in English and in the languages that users read. */
const APOLOGIES: readonly RegExp[] = [
  /^(i['’]?m|i am|we['’]?re|we are) (really |very |so |truly |deeply )?sorry\b/i,
  /^(sorry|apologies|my (sincere )?apologies|(i|we) (do |must |sincerely )?apologi[sz]e)\b/i,
  new RegExp(
    `^${BEFORE}(i|we) (just |simply )?(can['’]?t|cannot|can not|could not|couldn['’]?t|am unable to|are unable to|(won['’]?t|will not)( be able to)?|am not able to|are not able to) (\\w+ )?(${ENGLISH})`,
    'i',
  ),
  new RegExp(`^${BEFORE}((i|we)['’](m|re) )?(unable|not able) to (\\w+ )?(${ENGLISH})`, 'i'),
  /^(i|we)(['’]?m| am| are|['’]re)? ?(not|do not feel|don['’]?t feel) comfortable\b/i,
  /^(i|we) (must|have to|need to) (\w+ )?decline\b/i,
  /^as an? (ai|(large )?language model)\b/i,
  /^(lo siento|lo lament|lament(o|amos)\b|disculp|(te |le )?(pido|pedimos) (disculpas|perd[oó]n)|perd[oó]n)/i,
  new RegExp(
    `^${ANTES}no ((puedo|podemos|podr[eé]) (${SPANISH})|me es posible|soy capaz|estoy en condiciones)`,
    'i',
  ),
  /^(es tut mir (sehr |wirklich )?leid|tut mir leid|entschuldig|ich (möchte mich )?entschuldige|ich bitte um (entschuldigung|verständnis))/i,
  new RegExp(
    `^${VORHER}(ich|wir|das|dabei|hierbei|kann|können)\\b[^.!?]{0,90}\\bnicht[^.!?]{0,30}\\b(${GERMAN})\\b`,
    'i',
  ),
  /^(leider |es )?(ist es mir|ist mir|bin ich|ich bin) (leider )?nicht (möglich|in der lage)/i,
  /^(मुझे (खेद|अफ़सोस|अफसोस)|खेद है|क्षमा|माफ़|माफ |मैं .{0,60}(नहीं कर सकता|नहीं कर सकती|नहीं दे सकत|असमर्थ))/u,
];

/** Matches a text of two words or more, so not a code, a one-word name or "n/a". */
const HAS_WORDS = /\p{L}.*\s.*\p{L}/su;

/**
 * Whether every sentence in `answer`, at any depth, is an apology. The model kept the form then but answered nothing,
 * and numbers beside the apologies are made up. False for an answer without sentences.
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
