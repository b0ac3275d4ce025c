/** Tests one event to 500 endpoints with a real Temporal and Firestore, and with the worker as it is deployed. */

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DEFAULT_TASK_QUEUE, scanWebhooksWorkflowId } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import type { ScanWebhooksResult } from '@reddyfit/shared/webhooks/deliveries';
import { DefaultLogger, NativeConnection, Runtime, type Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { anEvent, deliveriesAt, webhookStage } from '../../functions/test/webhook-stage.ts';
import { type RunningServer, startTemporal } from '../../test/servers.ts';
import { createWebhookActivities } from '../src/webhooks/create-activities.ts';
import { firestoreWebhooks } from '../src/webhooks/firestore-webhooks.ts';
import { webhookHttp } from '../src/webhooks/webhook-http.ts';
import { stepActivityInterceptors } from '../src/scan/step-activity.ts';
import { createWebhookWorker } from '../src/webhooks/webhook-worker.ts';

const ENDPOINTS = 500;
/** One endpoint in this many never answers. */
const HANGING = 25;

let stage: Awaited<ReturnType<typeof webhookStage>>;
let temporal: Awaited<ReturnType<typeof deliveriesAt>>;
let server: RunningServer;
let worker: Worker;
let running: Promise<void>;
let connection: NativeConnection;
let receiver: Server;
/** Requests by path: `/quick/<n>` is answered, `/hanging/<n>` never. */
const requests = new Map<string, string[]>();
const quick: string[] = [];
let strangers: string[];

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const seen = requests.get(request.url!) ?? [];
    requests.set(request.url!, [...seen, String(request.headers['webhook-id'])]);
    if (request.url!.startsWith('/quick')) request.resume().on('end', () => response.end());
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;

  server = await startTemporal();
  stage = await webhookStage('demo-fan-out', {
    firestore: inject('firestore'),
    temporal: server.address,
  });
  temporal = await deliveriesAt(server.address);
  await Promise.all(
    Array.from({ length: ENDPOINTS }, async (_, n) => {
      const hangs = n % HANGING === 0;
      const { endpointId } = await stage.add(
        ['scan.completed'],
        `${url}/${hangs ? 'hanging' : 'quick'}/${n}`,
      );
      if (!hangs) quick.push(endpointId);
    }),
  );
  strangers = await Promise.all(
    [1, 2, 3].map(async (n) => (await stage.add(['scan.failed'], `${url}/stranger/${n}`)).endpointId),
  );

  Runtime.install({ logger: new DefaultLogger('ERROR') });
  connection = await NativeConnection.connect({ address: server.address });
  worker = await createWebhookWorker(
    {
      connection,
      taskQueue: DEFAULT_TASK_QUEUE,
      workflowsPath: join(import.meta.dirname, '../src/workflows.ts'),
      interceptors: { activity: [stepActivityInterceptors(() => temporal.client)] },
      shutdownGraceTime: 0,
    },
    createWebhookActivities({
      webhooks: firestoreWebhooks(stage.db),
      sender: webhookHttp({ allowLoopback: true }),
    }),
  );
  running = worker.run();
}, 240_000);

afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  worker.shutdown();
  await running;
  await connection.close();
  await temporal.close();
  await stage.close();
  await server.stop();
});

it('each endpoint gets it once, those that hang hold no other, and who did not ask gets nothing', async () => {
  const event = anEvent('scan.completed');
  const begun = performance.now();
  await stage.deliver(event);
  const started = performance.now();
  const results = await Promise.all(
    quick.map((endpointId) =>
      temporal.client.workflow
        .getHandle<() => Promise<ScanWebhooksResult>>(scanWebhooksWorkflowId(endpointId, event.subject))
        .result(),
    ),
  );
  const ended = performance.now();
  // Prints what it costs to have a workflow for each delivery.
  process.stdout.write(
    `${ENDPOINTS} started in ${Math.round(started - begun)} ms, ${quick.length} delivered ${Math.round(ended - started)} ms later\n`,
  );

  expect(results).toEqual(quick.map(() => ({ delivered: 1, handedOver: 0 })));
  const asked = [...requests].filter(([path]) => path.startsWith('/quick'));
  expect(asked).toHaveLength(quick.length);
  for (const [, ids] of asked) expect(ids).toEqual([event.id]);
  expect([...requests.keys()].filter((path) => path.startsWith('/stranger'))).toEqual([]);
  for (const stranger of strangers) {
    expect((await stage.db.collection(paths.webhookDeliveries(stranger)).get()).size).toBe(0);
  }
}, 240_000);
