/** The sentence to show for a message of a document or for a failed call. */

import { ReddyFitError } from '@reddyfit/client';
import type { AppWords } from '@reddyfit/shared/words/app/en';
import type { Language } from '@reddyfit/shared/words/speaker';
import { isCode, type Params, type Speaker } from '@reddyfit/shared/words/speaker';

interface OnDocument {
  readonly message: string;
  readonly messageCode?: string | undefined;
  readonly params?: Params | undefined;
}

/**
 * A document's sentence in the present language of the reader, who may have changed it since. Falls back to the text in
 * the document when its code is unknown or a model wrote it.
 */
export function said(
  { retell }: Speaker,
  group: keyof Language,
  { message, messageCode, params = {} }: OnDocument,
): string {
  return isCode(group, messageCode) ? retell(group, messageCode, params).message : message;
}

/** The message of a failed call of the client; for any other error a sentence that something is broken. */
export const saidBy = (cause: unknown, { broken }: AppWords): string =>
  cause instanceof ReddyFitError ? cause.message : broken;
