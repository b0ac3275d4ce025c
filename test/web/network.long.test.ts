/** A page on a bad network, and on a phone whose clock is wrong: answers that are lost, slow uploads, a day fast and slow. */

import { DAY_MS } from '@reddyfit/shared/durations';
import { ANGLES } from '@reddyfit/shared/names/angles';
import { paths } from '@reddyfit/shared/names/paths';
import type { Page, Request } from 'playwright-core';
import { expect } from 'vitest';
import { completed, goodPhotos, signUp, type Stage, startScan } from './stage.ts';
import { it } from './staged.ts';

/** The number of scans and the credits that the user of this address has, of the 20 that a new user is given. */
async function accountOf({ servers: { auth, db } }: Stage, email: string) {
  const { uid } = await auth.getUserByEmail(email);
  const scans = await db.collection(paths.scans()).where('userId', '==', uid).get();
  return {
    scans: scans.size,
    credits: (await db.doc(paths.account(uid)).get()).get('scanCredits') as number,
  };
}

const ONE_SCAN = { scans: 1, credits: 19 };

/**
 * The angles of the photos that the page sends from now on, as often as it sends them, and of those that it sends again though
 * it was told of their arrival. A photo whose upload stalls is sent again, as it may on a busy machine.
 */
function puts(page: Page): { sent: string[]; needlessly: string[] } {
  const [sent, needlessly, arrived] = [[] as string[], [] as string[], new Set<string>()];
  const angleOf = (request: Request) => /\/(\w+)\.jpg\?/.exec(request.url())![1]!;
  page.on('request', (request) => {
    if (request.method() !== 'PUT') return;
    sent.push(angleOf(request));
    if (arrived.has(angleOf(request))) needlessly.push(angleOf(request));
  });
  page.on('requestfinished', (request) => void (request.method() === 'PUT' && arrived.add(angleOf(request))));
  return { sent, needlessly };
}

it('sends a photo again when the answer was lost, and makes one scan', async ({ stage }) => {
  const page = await stage.open();
  const email = await signUp(page);
  let lost = 0;
  await page.context().route(`${stage.servers.stack.storage}/**`, async (route) => {
    const request = route.request();
    if (request.method() !== 'PUT' || !request.url().includes('left.jpg') || lost > 0)
      return route.continue();
    lost += 1;
    // The photo arrives, and the page never hears so.
    const answer = await route.fetch();
    expect(answer.status()).toBe(200);
    await route.abort('connectionreset');
  });
  const { sent, needlessly } = puts(page);
  await startScan(page, await goodPhotos());
  expect(await completed(page)).toMatch(/^\d+\.\d%$/);
  expect(new Set(sent)).toEqual(new Set(ANGLES));
  expect(sent.filter((angle) => angle === 'left').length).toBeGreaterThan(1);
  expect(needlessly).toEqual([]);
  expect(await accountOf(stage, email)).toEqual(ONE_SCAN);
  await page.context().close();
});

it('waits for a slow network, and sends no photo again that has arrived', async ({ stage }) => {
  const page = await stage.open();
  const email = await signUp(page);
  const { sent, needlessly } = puts(page);
  const devtools = await page.context().newCDPSession(page);
  // Some seconds for the photos of the tests; no upload stalls, since bytes go on leaving.
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 200,
    downloadThroughput: -1,
    uploadThroughput: 48 * 1024,
  });
  await startScan(page, await goodPhotos());
  await page.getByText('Sending your photos…').waitFor();
  expect(await completed(page)).toMatch(/^\d+\.\d%$/);
  expect(new Set(sent)).toEqual(new Set(ANGLES));
  expect(needlessly).toEqual([]);
  expect(await accountOf(stage, email)).toEqual(ONE_SCAN);
  await page.context().close();
});

it.for([
  ['a day fast', DAY_MS],
  ['a day slow', -DAY_MS],
] as const)('works on a phone whose clock is %s', async ([, wrongBy], { stage }) => {
  const page = await stage.open({}, async (context) => {
    await context.addInitScript(`
      const Right = Date;
      globalThis.Date = class extends Right {
        constructor(...given) { if (given.length > 0) super(...given); else super(Right.now() + ${wrongBy}); }
        static now() { return Right.now() + ${wrongBy}; }
      };
    `);
  });
  const email = await signUp(page);
  expect(await page.evaluate('Date.now()')).toSatisfy(
    (shown: number) => Math.abs(shown - Date.now() - wrongBy) < 60_000,
  );
  await startScan(page, await goodPhotos());
  expect(await completed(page)).toMatch(/^\d+\.\d%$/);
  expect(await accountOf(stage, email)).toEqual(ONE_SCAN);
  await page.context().close();
});
