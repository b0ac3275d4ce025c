/** Every language file of this folder, by its BCP 47 tag. Made by `npm run words`. */

import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { hi } from './hi.ts';

export const LANGUAGES = {
  de,
  en,
  es,
  hi,
};
