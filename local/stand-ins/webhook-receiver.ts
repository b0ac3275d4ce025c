/**
 * Runs the receiver of examples/webhook-receiver in the local stack: it adds itself as an endpoint for all events, and
 * listens.
 */

import { once } from 'node:events';
import { SCAN_EVENT_TYPES } from '@reddyfit/shared/scan/events';
import { Command } from 'commander';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import { webhookReceiver } from '../../examples/webhook-receiver/receiver.ts';
import { addEndpoint } from '../../functions/src/webhooks/endpoints.ts';

const { host, port, project } = new Command('webhook-receiver')
  .requiredOption('--host <host>', 'where to listen')
  .requiredOption('--port <port>', 'where to listen')
  .requiredOption(
    '--project <id>',
    'whose endpoint to be, in the Firestore emulator that the environment names',
  )
  .parse()
  .opts<{ host: string; port: string; project: string }>();

const app = initializeApp({ projectId: project });
const db = getFirestore(app);
const { secret } = await addEndpoint(
  db,
  {
    url: `http://${host}:${port}/`,
    events: [...SCAN_EVENT_TYPES],
    description: 'The receiver of the local stack',
  },
  { now: new Date(), actor: 'operator:local-stack' },
  true,
);
await db.terminate();
await deleteApp(app);

const server = webhookReceiver(secret).listen(Number(port), host);
await once(server, 'listening');
