/** The push message of a scan, as the FCM stand-in took it. */

import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { ReceivedPush } from '../../clients/terminal/page.ts';

const received = z.array(
  z.looseObject({
    message: z.looseObject({
      notification: z.looseObject({ title: z.string(), body: z.string() }).optional(),
      data: z.record(z.string(), z.string()).optional(),
    }),
  }),
);

const POLL_MS = 200;

/** Resolves with the newest push about the scan, or with null when none came within `timeoutMs`. */
export async function receivedPush(
  fcm: string,
  scanId: string,
  { timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal | undefined },
): Promise<ReceivedPush | null> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await fetch(`${fcm}/messages`, { signal: signal ?? null });
    const messages = received.parse(await answer.json());
    const push = messages.findLast(({ message }) => message.data?.scanId === scanId);
    if (push) {
      const { title = '', body = '' } = push.message.notification ?? {};
      return { title, body };
    }
    if (Date.now() >= deadline) return null;
    await wait(POLL_MS, undefined, { signal });
  }
}
