/** Tests what comes first when a scan's photos are examined: a verdict waits for the model, which is asked before anybody is outlined. */

import { channel } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import { expect, it, onTestFinished } from 'vitest';
import { poseOf } from '../../../shared/src/gate/standing.fixture.ts';
import { girthsOf } from '../body/vision/body-measurement.fixture.ts';
import { createScanExaminations } from '../body/vision/scan-examinations.ts';
import { createOpenAiModel } from '../model/openai.ts';
import { createEstimation } from './estimation/activity.ts';
import { createQualityCheck } from './quality-check/activity.ts';

const perAngle = <Value>(of: (angle: Angle) => Value) =>
  Object.fromEntries(ANGLES.map((angle) => [angle, of(angle)])) as Record<Angle, Value>;

const silhouette = { crown: 0, soles: 1, ankles: 1, firstRow: 0, rows: [] };

const input = {
  scanId: 'scan-a',
  userId: 'user-a',
  photoUrls: perAngle((angle) => `gs://b/${angle}.jpg`),
  subject: { sex: 'male', ageYears: 34, heightCm: 180, weightLb: 181 },
  createdAt: '2026-11-25T08:00:00.000Z',
} as const;

/** A server that refuses each question: here only the question counts. */
async function refusingModel() {
  const server = createServer((request, response) => {
    request.resume().once('end', () => response.writeHead(500).end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  return createOpenAiModel({
    apiKey: 'key',
    baseUrl,
    model: 'gpt-test',
    embeddingModel: 'none',
    safetySalt: 's',
  });
}

it('asks the model about the photos before anybody in them is outlined, and measures the body meanwhile', async () => {
  const order: string[] = [];
  const isSent = Promise.withResolvers<void>();
  // Node's own news that a request of `fetch` has been written to its connection.
  const sent = channel('undici:request:bodySent');
  const hear = () => {
    order.push('sent');
    isSent.resolve();
  };
  sent.subscribe(hear);
  onTestFinished(() => void sent.unsubscribe(hear));
  const { signal } = new AbortController();
  const examinations = createScanExaminations(
    { read: async () => ({ bytes: Buffer.from('a photo'), contentType: 'image/jpeg' }) },
    {
      look: async ({ angle }) => ({
        examination: { issues: [], pose: poseOf(angle), copy: Buffer.from('a JPEG') },
        async outline() {
          await isSent.promise;
          order.push('outlined');
          return silhouette;
        },
        release: () => undefined,
      }),
    },
    { copies: 'with faces' },
  );
  const check = createQualityCheck({
    examinations,
    model: await refusingModel(),
    modelQualityCheck: true,
    tellOfWait: () => () => undefined,
  });
  const estimate = createEstimation({
    examinations,
    memory: { recall: async () => [], remember: async () => {} },
    scans: { earlier: async () => [] },
    visualModel: null,
    measurer: {
      measure() {
        order.push('measured');
        return girthsOf();
      },
    },
  });
  await Promise.allSettled([check(input, signal), estimate(input, signal)]);
  expect(order).toEqual(['sent', ...ANGLES.map(() => 'outlined'), 'measured']);
});
