/** Delivers a scan's created event again, as Eventarc may, by posting it to the function's endpoint in the emulator. */

import { randomUUID } from 'node:crypto';
import { CLOUD_EVENT, scanCreated } from '../../local/stack/scan-created.ts';
import type { StackFile } from '../../local/stack/stack-file.ts';

/** Resolves with the HTTP status of the function's answer. Deliveries of one event carry the same id. */
export async function redeliver(
  stack: StackFile,
  scanId: string,
  eventId: string = randomUUID(),
): Promise<number> {
  const { url, event } = scanCreated(stack, scanId, eventId);
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': CLOUD_EVENT },
    body: JSON.stringify(event),
  });
  await answer.body?.cancel();
  return answer.status;
}
