/** The addresses of a stack in a terminal of 80 columns. */

import { expect, it } from 'vitest';
import { addressLines } from './address-lines.ts';

/** The longest name that an instance may have. */
const NAME = 'twelve-chars';

it('fit into 80 columns behind an indent of two, and say where the client and the bucket are', () => {
  const lines = addressLines({
    web: 'http://127.0.0.1:65535',
    projectId: `demo-reddyfit-${NAME}`,
    region: 'us-central1',
    bucket: `demo-reddyfit-${NAME}.firebasestorage.app`,
    archiveBucket: `demo-reddyfit-${NAME}-archive`,
    firestore: '127.0.0.1:65535',
    auth: '127.0.0.1:65535',
    functions: '127.0.0.1:65535',
    pubsub: '127.0.0.1:65535',
    hub: '127.0.0.1:65535',
    storage: 'http://127.0.0.1:65535',
    temporal: '127.0.0.1:65535',
    temporalUi: 'http://127.0.0.1:65535',
    codecServer: 'http://127.0.0.1:65535',
    temporalNamespace: 'default',
    taskQueue: 'body-fat-analysis-queue',
    model: 'http://127.0.0.1:65535',
    fcm: 'http://127.0.0.1:65535',
    webhookReceiver: 'http://127.0.0.1:65535',
    workerPids: [4_194_304],
    metrics: ['http://127.0.0.1:65535/metrics'],
  });
  expect(lines.filter((line) => line.length > 78)).toEqual([]);
  expect(lines[0]).toBe('Web client      http://127.0.0.1:65535');
  expect(lines.join('\n')).toContain(`demo-reddyfit-${NAME}.firebasestorage.app`);
});
