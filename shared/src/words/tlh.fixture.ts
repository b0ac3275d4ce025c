/** A toy language for a test: a word in each group, and English for the rest. */

import type { Translation } from './en.ts';

export const tlh: Translation = {
  model: { language: 'Klingon' },
  push: { 'completed.title': 'Qapla’! 🎉' },
  errors: {
    'InvalidScanError.weight': ({ minLb, maxLb }, f) => `ngI’ ${f.weight(minLb)}–${f.weight(maxLb)}`,
  },
  calls: { SignInRequiredError: 'yI’el.' },
  warnings: { insights: 'yab QIjlu’be’.' },
  steps: { retrying: 'nIDqa’lu’.' },
  photos: { too_dark: ({ angle }) => `Hurgh ${angle} nagh beQ.` },
  estimation: { under_18: 'loD puqloD.' },
  screen: { 'state.failed': 'luj' },
};
