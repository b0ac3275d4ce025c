/** Writes the title and body of a push. */

import type { TerminalStatus } from '../scan/statuses.ts';
import type { Reader } from './reader.ts';
import { speakerFor } from './speaker.ts';

/**
 * The push for a scan that ended, in the reader's language. It contains the body fat (%), with one decimal, when that is given
 * and the scan is completed. `creditUsed` is true when a canceled scan had already shown its body fat, so that the credit is
 * spent.
 */
export function pushText(
  reader: Reader | undefined,
  status: TerminalStatus,
  bodyFatPercent?: number,
  creditUsed = false,
): { title: string; body: string } {
  const { say } = speakerFor(reader);
  const how = status === 'canceled' && creditUsed ? 'canceled_after_result' : status;
  const title = say('push', `${how}.title`);
  const body = say('push', `${how}.body`);
  if (status !== 'completed' || bodyFatPercent === undefined) return { title, body };
  return { title, body: `${body} ${say('push', 'completed.body_fat', { percent: bodyFatPercent })}` };
}
