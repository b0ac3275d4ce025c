/** What to show of what was said elsewhere: by a document, or by a call that failed. */

import { ReddyFitError } from '@reddyfit/client';
import type { AppWords } from '@reddyfit/shared/words/app/en';
import type { Language } from '@reddyfit/shared/words/speaker';
import { isCode, type Params, type Speaker } from '@reddyfit/shared/words/speaker';

interface OnDocument {
  readonly message: string;
  readonly messageCode?: string | undefined;
  readonly params?: Params | undefined;
}

/** A sentence of a document in the words of who reads it now, who may have changed the language since. As the document has it where its code is unknown, or a model wrote it. */
export function said(
  { retell }: Speaker,
  group: keyof Language,
  { message, messageCode, params = {} }: OnDocument,
): string {
  return isCode(group, messageCode) ? retell(group, messageCode, params).message : message;
}

/** What a call that failed says of itself; of anything else, that something is broken. */
export const saidBy = (cause: unknown, { broken }: AppWords): string =>
  cause instanceof ReddyFitError ? cause.message : broken;
