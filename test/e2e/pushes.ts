/** The FCM stand-in as a test plays it: what it took, and tokens that fail. */

import type { SentMessage } from '../../dev/fcm-stand-in.ts';

/** A push as a device shows it. */
export interface ReceivedPush {
  readonly token: string;
  readonly title: string;
  readonly body: string;
  readonly data: Record<string, string>;
}

/** Controls of the stand-in at `url`. */
export function pushesAt(url: string) {
  return {
    /** Pushes about a scan, oldest first. */
    async about(scanId: string): Promise<ReceivedPush[]> {
      const answer = await fetch(`${url}/messages`);
      const messages = (await answer.json()) as SentMessage[];
      return messages
        .filter(({ message }) => message.data?.['scanId'] === scanId)
        .map(({ message: { token = '', notification, data = {} } }) => ({
          token,
          title: notification?.title ?? '',
          body: notification?.body ?? '',
          data,
        }));
    },
    /** Makes sends to a token fail; `times` of them, all when absent. */
    async fault(fault: {
      token: string;
      code: string;
      times?: number;
      retryAfterSeconds?: number;
    }): Promise<void> {
      const answer = await fetch(`${url}/faults`, { method: 'POST', body: JSON.stringify(fault) });
      if (!answer.ok) throw new Error(`the FCM stand-in refused the fault: ${await answer.text()}`);
    },
  };
}
