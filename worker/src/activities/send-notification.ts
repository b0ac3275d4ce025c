/** sendNotification: how a scan ended, on the user's devices. */

import type { TerminalStatus } from '@reddyfit/shared/statuses';
import type { Push, PushMessage, Users } from '../ports.ts';
import type { Activities } from './contract.ts';

const MESSAGES: Record<TerminalStatus, { title: string; body: string }> = {
  completed: { title: 'Scan Results Ready! 🎉', body: 'Your body composition analysis is complete.' },
  rejected: {
    title: 'Please retake your photos',
    body: 'Some photos could not be used. Open the app to see why.',
  },
  failed: { title: 'Scan not completed', body: 'Something went wrong. Your credit was returned.' },
  canceled: { title: 'Scan canceled', body: 'Your scan was canceled. Your credit was returned.' },
};

/** Sends one message to every device; the number is left out for a user who keeps the lock screen private. */
export function createSendNotification(
  users: Pick<Users, 'pushPreview'>,
  push: Push,
): Activities['sendNotification'] {
  return async ({ scanId, userId, status, bodyFatPercent }) => {
    const preview = await users.pushPreview(userId);
    const shown = preview === 'full' ? bodyFatPercent : undefined;
    await push.send(userId, notification(scanId, status, shown));
  };
}

/** The message for a scan's end; `bodyFatPercent` (%) only when it may be shown. */
export function notification(scanId: string, status: TerminalStatus, bodyFatPercent?: number): PushMessage {
  const { title, body } = MESSAGES[status];
  return {
    title,
    body: bodyFatPercent === undefined ? body : `${body} BF%: ${bodyFatPercent.toFixed(1)}%`,
    data: { scanId, status },
    collapseKey: `${scanId}:${status}`,
  };
}
