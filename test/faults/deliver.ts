/** Delivers a scan's created event as Eventarc does: repeatedly, until the function accepts it. */

import { setTimeout as wait } from 'node:timers/promises';
import type { StackFile } from '../../local/stack/stack-file.ts';
import { redeliver } from '../e2e/redelivery.ts';

/** Time between two deliveries (ms). */
const PAUSE_MS = 500;

/** Resolves once the function has answered with success. Deliveries of one event carry the same id. */
export async function deliver(stack: StackFile, scanId: string, eventId?: string): Promise<void> {
  while ((await redeliver(stack, scanId, eventId)) !== 200) await wait(PAUSE_MS);
}
