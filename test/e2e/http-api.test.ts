/** A scan started and read over HTTP, as by a client without the Firestore SDK. */

import { triggerWorkflowResponse } from '@reddyfit/shared/api/http';
import { photoUrlsOf } from '@reddyfit/shared/scan/photos';
import { withIsoTimes } from '@reddyfit/shared/timestamps';
import { expect } from 'vitest';
import { idTokenOf } from '../id-token.ts';
import { it } from './world.ts';

it('a scan started over HTTP runs like any other, and reads over HTTP as a listener sees it', async ({
  world,
}) => {
  const { stack, auth } = world.servers;
  const user = await world.newUser({ credits: 1 });
  const { scanId, seen } = await world.prepareScan(user);
  const api = `http://${stack.functions}/${stack.projectId}/${stack.region}/api`;
  const headers = {
    authorization: `Bearer ${await idTokenOf(stack, auth, user.uid)}`,
    'content-type': 'application/json',
  };
  const request = { scanId, angleUrls: photoUrlsOf(stack.bucket, user.uid, scanId), weightLb: 150 };
  const start = () =>
    fetch(`${api}/api/scan/trigger-workflow`, { method: 'POST', headers, body: JSON.stringify(request) });

  const started = await start();
  expect(started.status).toBe(202);
  const { statusUrl } = triggerWorkflowResponse.parse(await started.json());
  const listened = await seen.ended;
  expect(listened.status).toBe('completed');

  const read = await fetch(`${api}${statusUrl}`, { headers });
  expect(await read.json()).toEqual(withIsoTimes(listened));
  expect((await start()).status).toBe(200);
  await world.expectInvariants(scanId);
});
