/** The receiver of webhooks: the example for partners, run as an endpoint of this stack. */

import { join } from 'node:path';
import { loopback } from '../ports.ts';
import { answersOk, untilReady } from '../ready.ts';
import { repositoryRoot } from '../../../repository.ts';
import type { Starting } from '../starting.ts';

/**
 * Starts the receiver and resolves when it answers. Firestore must run, since the receiver adds itself there as an
 * endpoint.
 */
export async function startWebhookReceiver({ ports, projectId, run, signal }: Starting): Promise<void> {
  const child = await run({
    name: 'webhook-receiver',
    command: process.execPath,
    args: [
      `--import=${new URL('../own-pages.ts', import.meta.url).href}`,
      join(repositoryRoot, 'local/stand-ins/webhook-receiver.ts'),
      '--host=127.0.0.1',
      `--port=${ports.webhookReceiver}`,
      `--project=${projectId}`,
    ],
    env: { FIRESTORE_EMULATOR_HOST: loopback(ports.firestore) },
  });
  await untilReady(child, () => answersOk(`http://${loopback(ports.webhookReceiver)}/received`), signal);
}
