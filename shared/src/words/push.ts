/** Writes the title and body of a push. */

import type { TerminalStatus } from '../scan/statuses.ts';
import type { Reader } from './reader.ts';
import { type Speaker, speakerFor } from './speaker.ts';

/**
 * What became of the credit of a scan that did not complete: `returned`, `used` (a canceled scan had shown its body fat), or
 * `never taken` (the scan ended before it was admitted).
 */
export type CreditFate = 'returned' | 'used' | 'never taken';

/**
 * The push for a scan that ended, in the reader's language. It contains the body fat (%), with one decimal, when that is given
 * and the scan is completed. What it says of the credit of a failed or canceled scan is `credit`.
 */
export function pushText(
  reader: Reader | undefined,
  status: TerminalStatus,
  { bodyFatPercent, credit = 'returned' }: { bodyFatPercent?: number | undefined; credit?: CreditFate } = {},
): { title: string; body: string } {
  const speaker = speakerFor(reader);
  const title = speaker.say('push', `${status}.title`);
  const body = bodyOf(speaker, status, credit);
  if (status !== 'completed' || bodyFatPercent === undefined) return { title, body };
  return { title, body: `${body} ${speaker.say('push', 'completed.body_fat', { percent: bodyFatPercent })}` };
}

function bodyOf({ say }: Speaker, status: TerminalStatus, credit: CreditFate): string {
  if (status === 'canceled' && credit === 'used') return say('push', 'canceled_after_result.body');
  if ((status === 'canceled' || status === 'failed') && credit === 'never taken')
    return say('push', `${status}_without_credit.body`);
  return say('push', `${status}.body`);
}
