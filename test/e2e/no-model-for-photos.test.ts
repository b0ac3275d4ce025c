/** A worker that shows the photos to no model: it examines them itself, and a model writes only the texts. */

import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { trueGirths } from '../../fixtures/bodies/body.ts';
import { DEMO_SCENE } from '../../fixtures/bodies/demo.ts';
import { SECTION } from '../../worker/src/body/vision/girths.ts';
import { submitTo } from './own-queue.ts';
import { startOwnWorker } from './own-worker.ts';
import { it } from './world.ts';

/**
 * How far a measured girth may be from the mannequin's (share): the limit that the benchmark sets for the 95th percentile.
 */
const GIRTH_BAR = 0.04;

/** How many steps ask for texts: insights, nutrition, workout, hydration. */
const TEXTS = 4;

/** Forwards requests to the model at `target` and keeps their bodies. */
async function listenTo(target: string, bodies: string[]) {
  const server = createServer(async (request, response) => {
    const asked = await text(request);
    bodies.push(asked);
    const headers = { 'content-type': 'application/json', authorization: request.headers.authorization! };
    const answer = await fetch(`${target}${request.url}`, { method: 'POST', headers, body: asked });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type')! });
    response.end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

it('body fat is measured, and no photo leaves the worker', async ({ world }) => {
  const taskQueue = `no-model-${randomUUID()}`;
  const { body } = DEMO_SCENE;
  const user = await world.newUser();
  const { scanId, seen } = await submitTo(taskQueue, world, user, {
    subject: { sex: body.sex, heightCm: body.heightCm, ageYears: 36 },
    weightLb: 183.2,
  });
  const asked: string[] = [];
  const ear = await listenTo(world.servers.stack.model, asked);
  const env = { VISUAL_ESTIMATE: 'off', MODEL_QUALITY_CHECK: 'off', OPENAI_BASE_URL: `${ear.url}/v1` };
  const worker = await startOwnWorker(world.servers.stack, taskQueue, 'worker-without-eyes', { env });
  try {
    const scan = await seen.ended;
    expect(scan).toMatchObject({ status: 'completed', warnings: [] });
    // True because a stand-in wrote the texts.
    expect(scan).toMatchObject({ simulated: true });

    const { qualityCheck, estimation } = scan.results!;
    expect(qualityCheck).toMatchObject({ accepted: true });
    expect(qualityCheck).not.toHaveProperty('modelCall');
    expect(estimation).not.toHaveProperty('modelCall');
    expect(estimation).toMatchObject({
      sources: [{ source: 'measurement', bodyFatPercent: estimation!.bodyFatPercent, weight: 1 }],
      observations: [],
    });
    const truth = trueGirths(body);
    for (const name of ['neck', 'waist', 'hip'] as const) {
      const { cm, low, high } = estimation!.measurements![name];
      // A mannequin's sections are ellipses, but the measurer assumes the sections of people.
      expect(Math.abs(cm / SECTION[name] / truth[name] - 1), name).toBeLessThanOrEqual(GIRTH_BAR);
      expect([low < cm, cm < high]).toEqual([true, true]);
    }
    expect(asked.length).toBeGreaterThanOrEqual(TEXTS);
    expect(asked.filter((each) => each.includes('input_image') || each.includes('base64'))).toEqual([]);
    await world.expectInvariants(scanId);
  } finally {
    await worker.stop(10_000);
    ear.close();
  }
});
