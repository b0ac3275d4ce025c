/**
 * What helps with the camera, and what is done without it: the level sensor, the lock that keeps the screen awake, and the sounds.
 * The gate's networks cannot be loaded here, so this is also the plain countdown without them.
 */

import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { faultsOf, openStage, signUp, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream']);
});
afterAll(() => stage?.close());

/** Records the locks that the page asks for, and grants them: whether a browser without a screen would is its own affair. */
const LOCKS = `{
  globalThis.locks = [];
  WakeLock.prototype.request = async (type) => {
    const lock = { type, released: false, release: async () => { lock.released = true; } };
    locks.push(lock);
    return lock;
  };
}`;

/** Records when the page opened its audio, and what it played. */
const SOUNDS = `{
  globalThis.audio = { opened: [], played: 0 };
  const Real = AudioContext;
  globalThis.AudioContext = class extends Real {
    constructor() {
      super();
      audio.opened.push(navigator.userActivation.isActive ? this.state : 'without a tap');
    }
  };
  const { start } = AudioBufferSourceNode.prototype;
  AudioBufferSourceNode.prototype.start = function () {
    audio.played++;
    return start.call(this);
  };
}`;

/** Records how each second of the countdown is said, in a region that was there before it. */
const COUNTED = `{
  globalThis.counted = {};
  const timer = document.querySelector('[role=timer]');
  new MutationObserver(() => {
    if (timer.textContent) counted[timer.textContent] = timer.getAttribute('aria-live');
  }).observe(timer, { subtree: true, childList: true, characterData: true });
}`;

const withoutGate = (context: BrowserContext) => context.route(/\.bin$/, (route) => route.abort());

async function openCamera(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Use the camera: front/ }).click();
  await page.locator('.stage .silhouette').waitFor();
}

async function countDown(page: Page, seconds = '3'): Promise<void> {
  await page.getByLabel('Countdown').selectOption(seconds);
  await page.getByRole('button', { name: 'Start the countdown' }).click();
  await page.locator('.count').waitFor();
}

async function expectPhoto(page: Page): Promise<void> {
  await page.locator('dialog.camera').waitFor({ state: 'detached', timeout: 20_000 });
  await page.locator('.tile[data-angle=front][data-state=taken] img').waitFor();
}

it('says whether the phone is upright, keeps the screen awake, and sounds the countdown', async () => {
  const page = await stage.open({}, async (context) => {
    await withoutGate(context);
    await context.addInitScript(LOCKS + SOUNDS);
  });
  // What a phone's sensor would report: DevTools' own override reports no numbers in a Chromium without a screen.
  const turn = (beta: number, gamma: number) =>
    page.evaluate(
      `dispatchEvent(new DeviceOrientationEvent('deviceorientation', { alpha: 0, beta: ${beta}, gamma: ${gamma} }))`,
    );
  const sounds: string[] = [];
  page.on('response', (answer) => {
    if (answer.url().endsWith('.wav')) sounds.push(new URL(answer.url()).origin);
  });
  const locks = () => page.evaluate<{ type: string; released: boolean }[]>('locks');
  await signUp(page);
  expect(await locks()).toEqual([]);
  await openCamera(page);
  // Without a sensor's report the page tells how to set the phone up.
  await page.getByText('Set the phone upright at hip height').waitFor();
  await turn(60, 0);
  await page.getByText('Hold the phone upright').waitFor();
  // Upright but for five degrees in the plane of the screen, a sensor reports so.
  await turn(85, -90);
  await page.getByText('The phone is upright').waitFor();
  expect(await faultsOf(page)).toEqual([]);

  expect(await locks()).toMatchObject([{ type: 'screen', released: false }]);
  const hide = (state: 'hidden' | 'visible') =>
    page.evaluate(`{
      Object.defineProperty(document, 'visibilityState', { configurable: true, value: '${state}' });
      document.dispatchEvent(new Event('visibilitychange'));
    }`);
  await hide('hidden');
  expect(await locks()).toHaveLength(1);
  await hide('visible');
  await expect.poll(locks).toHaveLength(2);

  expect(await page.evaluate('audio')).toEqual({ opened: [], played: 0 });
  await page.evaluate(COUNTED);
  await countDown(page, '5');
  await expectPhoto(page);
  // Its end is said, for whoever cannot see it; the seconds before leave the voice to the side and the hint.
  expect(await page.evaluate('counted')).toEqual({
    5: 'off',
    4: 'off',
    3: 'assertive',
    2: 'assertive',
    1: 'assertive',
  });
  await expect.poll(() => page.evaluate('audio')).toEqual({ opened: ['running'], played: 6 });
  expect(sounds).toEqual(Array(3).fill(stage.address));
  await expect.poll(async () => (await locks()).at(-1)!.released).toBe(true);
  // The focus is back at the button that opened the camera.
  const focused = 'document.activeElement.getAttribute("aria-label")';
  expect(await page.evaluate<string>(focused)).toMatch(/^Use the camera: front/);
  await page.context().close();
});

it.for([
  [
    'no audio can be opened',
    'globalThis.AudioContext = class { constructor() { throw new Error("no audio"); } };',
    '',
  ],
  [
    'no audio can be played',
    'AudioBufferSourceNode.prototype.start = () => { throw new Error("no audio"); };',
    '',
  ],
  ['the files cannot be loaded', '', '.wav'],
] as const)('takes the photo where %s', async ([, script, missing]) => {
  const page = await stage.open({}, async (context) => {
    await withoutGate(context);
    if (script) await context.addInitScript(script);
    if (missing) await context.route(`**/*${missing}`, (route) => route.abort());
  });
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await signUp(page);
  await openCamera(page);
  await page.getByRole('button', { name: 'Test the sound' }).click();
  await countDown(page);
  await expectPhoto(page);
  expect(errors).toEqual([]);
  await page.context().close();
});
