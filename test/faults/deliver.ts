/** Delivers a scan's created event as Eventarc does: repeatedly, until the function accepts it. */

import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { StackFile } from '../../local/stack/stack-file.ts';
import { redeliver } from '../e2e/redelivery.ts';

/** Time between two deliveries (ms). */
const PAUSE_MS = 500;

/** Resolves once the function has answered with success. Deliveries of one event carry the same id. */
export async function deliver(stack: StackFile, scanId: string, eventId?: string): Promise<void> {
  while ((await redeliver(stack, scanId, eventId)) !== 200) await wait(PAUSE_MS);
}

/**
 * Makes sure that a process runs onScanCreated, by an event about a scan that nobody has: the emulator starts one at the first
 * event, and the case before may have killed it.
 */
export const wakeOnScanCreated = (stack: StackFile): Promise<void> => deliver(stack, randomUUID());
