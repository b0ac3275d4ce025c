/** The controls of the FCM stand-in for a test: the messages it accepted, and tokens that fail. */

import { z } from 'zod';
import type { SentMessage } from '../../local/stand-ins/fcm-stand-in.ts';

/** A push as a device shows it. */
export interface ReceivedPush {
  readonly token: string;
  readonly title: string;
  readonly body: string;
  readonly data: Record<string, string>;
}

/** What a device shows of the pushes about a scan: pushes with the same collapse id replace each other. */
export interface VisiblePush {
  readonly token: string;
  readonly collapseId: string;
  /** The status in the last push that arrived. */
  readonly status: string;
}

const apnsHeaders = z.object({ headers: z.object({ 'apns-collapse-id': z.string() }) });

/** Controls of the stand-in at `url`. */
export function pushesAt(url: string) {
  return {
    /** What devices show about a scan, however often pushes were sent. */
    async visible(scanId: string): Promise<VisiblePush[]> {
      const answer = await fetch(`${url}/messages`);
      const shown = new Map<string, VisiblePush>();
      for (const { message } of (await answer.json()) as SentMessage[]) {
        const { token = '', data = {}, apns } = message;
        if (data['scanId'] !== scanId) continue;
        const collapseId = apnsHeaders.parse(apns).headers['apns-collapse-id'];
        shown.set(`${token} ${collapseId}`, { token, collapseId, status: data['status'] ?? '' });
      }
      return [...shown.values()];
    },
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
    /** Makes `times` sends to a token fail; all of them when `times` is absent. */
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
