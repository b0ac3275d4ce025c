/** What a push says, in every language we speak. To add one, add a table; to add a dialect, name it by its whole tag. */

import type { TerminalStatus } from '../scan/statuses.ts';

interface Text {
  title: string;
  body: string;
}

type Language = Record<TerminalStatus, Text> & {
  /** In place of `canceled` when the body fat had been shown before, so that the credit is spent. */
  canceledAfterResult: Text;
  /** The sentence that follows a completed scan's body; `percent` is written as the user's locale writes it. */
  bodyFat(percent: string): string;
};

const en: Language = {
  completed: { title: 'Scan Results Ready! 🎉', body: 'Your body composition analysis is complete.' },
  bodyFat: (percent) => `BF%: ${percent}`,
  rejected: {
    title: 'Please retake your photos',
    body: 'Some photos could not be used. Open the app to see why.',
  },
  failed: { title: 'Scan not completed', body: 'Something went wrong. Your credit was returned.' },
  canceled: { title: 'Scan canceled', body: 'Your scan was canceled. Your credit was returned.' },
  canceledAfterResult: {
    title: 'Scan canceled',
    body: 'Your scan was canceled. Your body fat had been shown already, so the credit was used.',
  },
};

const es: Language = {
  completed: {
    title: '¡Los resultados de tu escaneo están listos! 🎉',
    body: 'El análisis de tu composición corporal está completo.',
  },
  bodyFat: (percent) => `Grasa corporal: ${percent}`,
  rejected: {
    title: 'Vuelve a tomar las fotos',
    body: 'Algunas fotos no se pudieron usar. Abre la app para ver por qué.',
  },
  failed: { title: 'Escaneo no completado', body: 'Algo salió mal. Se te devolvió el crédito.' },
  canceled: { title: 'Escaneo cancelado', body: 'Tu escaneo se canceló. Se te devolvió el crédito.' },
  canceledAfterResult: {
    title: 'Escaneo cancelado',
    body: 'Tu escaneo se canceló. Tu grasa corporal ya se había mostrado, así que el crédito se usó.',
  },
};

const de: Language = {
  completed: {
    title: 'Deine Scan-Ergebnisse sind da! 🎉',
    body: 'Die Analyse deiner Körperzusammensetzung ist fertig.',
  },
  bodyFat: (percent) => `Körperfett: ${percent}`,
  rejected: {
    title: 'Bitte nimm die Fotos noch einmal auf',
    body: 'Einige Fotos waren nicht verwendbar. Öffne die App, um zu sehen, warum.',
  },
  failed: {
    title: 'Scan nicht abgeschlossen',
    body: 'Etwas ist schiefgegangen. Du hast dein Guthaben zurück.',
  },
  canceled: {
    title: 'Scan abgebrochen',
    body: 'Dein Scan wurde abgebrochen. Du hast dein Guthaben zurück.',
  },
  canceledAfterResult: {
    title: 'Scan abgebrochen',
    body: 'Dein Scan wurde abgebrochen. Dein Körperfett war schon zu sehen, daher ist das Guthaben verbraucht.',
  },
};

const hi: Language = {
  completed: {
    title: 'आपके स्कैन के नतीजे तैयार हैं! 🎉',
    body: 'आपके शरीर की संरचना का विश्लेषण पूरा हो गया है।',
  },
  bodyFat: (percent) => `बॉडी फ़ैट: ${percent}`,
  rejected: {
    title: 'कृपया फ़ोटो दोबारा लें',
    body: 'कुछ फ़ोटो इस्तेमाल नहीं हो सकीं। कारण देखने के लिए ऐप खोलें।',
  },
  failed: { title: 'स्कैन पूरा नहीं हुआ', body: 'कुछ गड़बड़ हो गई। आपका क्रेडिट लौटा दिया गया है।' },
  canceled: { title: 'स्कैन रद्द हुआ', body: 'आपका स्कैन रद्द कर दिया गया। आपका क्रेडिट लौटा दिया गया है।' },
  canceledAfterResult: {
    title: 'स्कैन रद्द हुआ',
    body: 'आपका स्कैन रद्द कर दिया गया। आपका बॉडी फ़ैट पहले ही दिखाया जा चुका था, इसलिए क्रेडिट इस्तेमाल हो गया।',
  },
};

/** By language tag, as BCP 47 writes it (`pt`, `pt-BR`). */
const LANGUAGES: Record<string, Language> = { en, es, de, hi };

/**
 * The push for a scan that ended, in the user's locale: its own table, else its language's, else English. The body fat (%)
 * stands in it with one decimal when given, and only of a completed scan. `creditUsed`: a canceled scan had shown its body fat.
 */
export function pushText(
  locale: string | undefined,
  status: TerminalStatus,
  bodyFatPercent?: number,
  creditUsed = false,
): Text {
  const { language, numbers } = spoken(locale);
  const { title, body } = language[status === 'canceled' && creditUsed ? 'canceledAfterResult' : status];
  if (status !== 'completed' || bodyFatPercent === undefined) return { title, body };
  return { title, body: `${body} ${language.bodyFat(percentIn(numbers, bodyFatPercent))}` };
}

/** The table for a locale, and the locale to write numbers in. */
function spoken(locale = 'en'): { language: Language; numbers: string } {
  const tag = canonical(locale);
  for (let key = tag; key; key = key.slice(0, Math.max(0, key.lastIndexOf('-')))) {
    const language = Object.hasOwn(LANGUAGES, key) ? LANGUAGES[key] : undefined;
    if (language) return { language, numbers: tag };
  }
  return { language: en, numbers: 'en' };
}

/** The tag without extensions, as BCP 47 writes it; Android's `en_US` is understood. `en` for what is no tag. */
function canonical(locale: string): string {
  try {
    return new Intl.Locale(locale.replaceAll('_', '-')).baseName;
  } catch {
    return 'en';
  }
}

function percentIn(locale: string, percent: number): string {
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(percent);
}
