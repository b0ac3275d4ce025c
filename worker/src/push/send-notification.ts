/** The activity sendNotification: tells the user's devices how a scan ended. */

import { pushText } from '@reddyfit/shared/words/push';
import type { Push } from './ports.ts';
import type { Users } from '../store/ports.ts';
import type { Activities } from '../scan/activities.ts';
import { isQuiet } from './quiet-hours.ts';

/**
 * Makes the activity. It sends one message to every device, in the user's language. The body fat is left out for a user
 * who keeps the lock screen private. Between 22:00 and 07:00 of the user's clock the message makes no sound.
 */
export function createSendNotification(
  users: Pick<Users, 'pushSettings'>,
  push: Push,
  now: () => Date = () => new Date(),
): Activities['sendNotification'] {
  return async ({ scanId, userId, status, bodyFatPercent, creditUsed }) => {
    const { preview, reader, timeZone } = await users.pushSettings(userId);
    const text = pushText(reader, status, preview === 'full' ? bodyFatPercent : undefined, creditUsed);
    await push.send(userId, { scanId, status, ...text, quiet: isQuiet(now(), timeZone) });
  };
}
