/** The page is closed in the middle of an upload and opened again when its upload URLs have expired. */

import { type Angle, ANGLES } from '@reddyfit/shared/names/angles';
import { paths } from '@reddyfit/shared/names/paths';
import { expect } from 'vitest';
import { completed, goodPhotos, scanShown, signUp, startScan } from './stage.ts';
import { it } from './staged.ts';

/** Cloud Storage's answer to a signed URL after its time. The storage server of the stack does not look at the time. */
const EXPIRED = {
  status: 400,
  headers: { 'access-control-allow-origin': '*' },
  contentType: 'application/xml',
  body: '<?xml version="1.0"?><Error><Code>ExpiredToken</Code><Message>Invalid argument.</Message></Error>',
};

it('asks for new URLs, and sends only the photos that have not arrived', async ({ stage }) => {
  const page = await stage.open();
  const email = await signUp(page);
  const storage = `${stage.servers.stack.storage}/**`;
  const angleOf = (address: string) => /\/(\w+)\.jpg\?/.exec(address)![1] as Angle;
  const late: Angle[] = ['left', 'right'];

  // The first two photos arrive; the last two are still under way when the page is closed.
  const arrived = new Set<Angle>();
  page.on('response', (answer) => {
    if (answer.request().method() === 'PUT' && answer.ok()) arrived.add(angleOf(answer.url()));
  });
  // An intercepted request that the interception is taken from goes on, so one route serves to the end.
  const held = new Set<string>();
  let expired = false;
  await page.context().route(storage, async (route) => {
    const url = route.request().url();
    if (expired) return held.has(url) ? route.fulfill(EXPIRED) : route.continue();
    if (route.request().method() !== 'PUT' || !late.includes(angleOf(url))) return route.continue();
    held.add(url);
  });
  await startScan(page, await goodPhotos());
  await expect.poll(() => held.size, { timeout: 60_000 }).toBe(2);
  expect([...arrived].toSorted()).toEqual(['back', 'front']);

  const asked: unknown[] = [];
  const answers: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/requestScanUpload'))
      asked.push((request.postDataJSON() as { data: { scanId?: string } }).data.scanId);
  });
  page.on('response', (answer) => {
    if (answer.request().method() === 'PUT') answers.push(`${angleOf(answer.url())} ${answer.status()}`);
  });
  expired = true;
  await page.reload();
  expect(await completed(page)).toMatch(/^\d+\.\d%$/);

  const scanId = scanShown(page);
  expect(new Set(asked)).toEqual(new Set([scanId]));
  expect(answers.filter((answer) => answer.endsWith(' 200')).toSorted()).toEqual(['left 200', 'right 200']);
  expect(answers.filter((answer) => answer.endsWith(' 400')).length).toBeGreaterThan(0);
  expect(answers.filter((answer) => !late.includes(answer.split(' ')[0] as Angle))).toEqual([]);

  const scan = (await stage.servers.db.doc(paths.scan(scanId)).get()).data()!;
  expect(Object.keys(scan['uploads'] as object).toSorted()).toEqual(ANGLES.toSorted());
  const { uid } = await stage.servers.auth.getUserByEmail(email);
  const scans = await stage.servers.db.collection(paths.scans()).where('userId', '==', uid).get();
  expect(scans.size).toBe(1);
  await page.context().close();
});
