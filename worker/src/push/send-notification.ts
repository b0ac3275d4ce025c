/** The activity sendNotification: tells the user's devices how a scan ended. */

import type { TerminalStatus } from '@reddyfit/shared/scan/statuses';
import { type CreditFate, pushText } from '@reddyfit/shared/words/push';
import type { Push } from './ports.ts';
import type { Credits, Users } from '../store/ports.ts';
import type { Activities } from '../scan/activities.ts';
import { isQuiet } from './quiet-hours.ts';

/**
 * Makes the activity. It sends one message to every device, in the user's language. The body fat is left out for a user
 * who keeps the lock screen private. Between 22:00 and 07:00 of the user's clock the message makes no sound. A message about
 * a failed or canceled scan says of the credit what the ledger says.
 */
export function createSendNotification(
  users: Pick<Users, 'pushSettings'>,
  credits: Pick<Credits, 'wasReturned'>,
  push: Push,
  now: () => Date = () => new Date(),
): Activities['sendNotification'] {
  return async ({ scanId, userId, status, bodyFatPercent, creditUsed }) => {
    const { preview, reader, timeZone } = await users.pushSettings(userId);
    const text = pushText(reader, status, {
      bodyFatPercent: preview === 'full' ? bodyFatPercent : undefined,
      credit: creditUsed ? 'used' : await fateOf(status, userId, scanId),
    });
    await push.send(userId, { scanId, status, ...text, quiet: isQuiet(now(), timeZone) });
  };

  /** The texts for the other statuses say nothing of the credit, so the ledger is not read for them. */
  async function fateOf(status: TerminalStatus, userId: string, scanId: string): Promise<CreditFate> {
    if (status !== 'failed' && status !== 'canceled') return 'returned';
    return (await credits.wasReturned(userId, scanId)) ? 'returned' : 'never taken';
  }
}
