/**
 * Push in a browser: offered while a scan runs, registered, renewed, ended, shown. FCM, Firebase Installations and the
 * browser's push service are Google's and cannot run here, and a Chromium without a screen always refuses notifications
 * (`Notification.permission`, showNotification), so the test answers in their place. The push itself is delivered to the real
 * service worker by DevTools.
 */

import { createECDH } from 'node:crypto';
import { paths } from '@reddyfit/shared/names/paths';
import { pushText } from '@reddyfit/shared/words/push';
import type { BrowserContext, Page, Worker } from 'playwright-core';
import { expect } from 'vitest';
import { multicast } from '../../worker/src/push/fcm-message.ts';
import {
  completed,
  delayInsights,
  faultsOf,
  goodPhotos,
  signUp,
  type Stage,
  startScan,
  scanShown,
} from './stage.ts';
import { it } from './staged.ts';

const ASK = { name: 'Tell me when it is done' };
const TOKEN = 'token-of-this-browser';

/**
 * Sets a page up like a site that was built with a VAPID key, and a user who allows notifications. `asked` collects the
 * requests to FCM.
 */
async function asPushSite(context: BrowserContext, asked: string[]): Promise<void> {
  const key = createECDH('prime256v1').generateKeys('base64url');
  await context.route('**/__/firebase/init.json', async (route) => {
    // The page that sent the request may have been closed.
    const answer = await route.fetch().catch(() => undefined);
    if (!answer) return;
    const settings = { ...(await answer.json()), appId: '1:1:web:1', messagingSenderId: '1' };
    await route.fulfill({ response: answer, json: settings });
  });
  const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
  const installation = {
    fid: 'cUj5V3bXQdWZ8bYdYdYdYd',
    refreshToken: 'refresh',
    authToken: { token: 'auth', expiresIn: '604800s' },
  };
  await context.route('https://firebaseinstallations.googleapis.com/**', (route) =>
    route.fulfill({ headers, json: installation }),
  );
  await context.route('https://fcmregistrations.googleapis.com/**', (route) => {
    asked.push(route.request().method());
    return route.fulfill({ headers, json: { token: TOKEN } });
  });
  await context.addInitScript(`{
    document.addEventListener('readystatechange', () => {
      document.head.append(Object.assign(document.createElement('meta'), { name: 'vapid-key', content: '${key}' }));
    }, { once: true });
    const permission = { get: () => localStorage.permission ?? 'default' };
    Object.defineProperty(Notification, 'permission', permission);
    Notification.requestPermission = async () => {
      if (!navigator.userActivation.isActive) throw new Error('asked without a tap');
      return (localStorage.permission = 'granted');
    };
    let subscribed = null;
    PushManager.prototype.getSubscription = async () => subscribed;
    PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
      if (!userVisibleOnly || applicationServerKey.length !== 65) throw new Error('not a VAPID key');
      return (subscribed = {
        endpoint: 'https://push.example/1',
        getKey: () => new Uint8Array([1, 2, 3]).buffer,
        unsubscribe: async () => { subscribed = null; return true; },
      });
    };
  }`);
}

const devicesOf = async (stage: Stage, email: string) => {
  const { uid } = await stage.servers.auth.getUserByEmail(email);
  const { docs } = await stage.servers.db.collection(paths.devices(uid)).get();
  return docs.map((doc) => ({ ...doc.data(), at: doc.updateTime.toMillis() }));
};

it('is offered once a scan runs, renewed at each start, and ended at sign-out', async ({ stage }) => {
  const asked: string[] = [];
  const page = await stage.open({}, (context) => asPushSite(context, asked));
  const scripts: string[] = [];
  page.on('request', (request) => scripts.push(new URL(request.url()).pathname));
  const email = await signUp(page);
  expect(await page.getByRole('button', ASK).count()).toBe(0);
  await delayInsights(stage, 12);
  await startScan(page, await goodPhotos());
  await page.getByRole('button', ASK).waitFor({ timeout: 60_000 });
  expect(await faultsOf(page)).toEqual([]);
  const ofMessaging = () => scripts.filter((path) => path.startsWith('/assets/push-token-'));
  expect(ofMessaging()).toEqual([]);

  await page.getByRole('button', ASK).click();
  await page.getByText('You will be told when the scan is done.').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  expect(ofMessaging()).toHaveLength(1);
  const [device, ...others] = await devicesOf(stage, email);
  expect(device).toMatchObject({ token: TOKEN, platform: 'web' });
  expect(others).toEqual([]);
  await completed(page);
  expect(await page.getByText('You will be told').count()).toBe(0);

  await page.reload();
  await expect.poll(async () => (await devicesOf(stage, email))[0]!.at).toBeGreaterThan(device!.at);
  expect(asked).toEqual(['POST']);

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await devicesOf(stage, email)).toEqual([]);
  expect(asked).toEqual(['POST', 'DELETE']);
  await page.context().close();
});

it.for([
  ['says that iOS needs the app on the home screen', true, 1],
  ['offers nothing where the site has no key', false, 0],
] as const)('%s', async ([, isPushSite, sentences], { stage }) => {
  const page = await stage.open({}, async (context) => {
    if (isPushSite) await asPushSite(context, []);
    await context.addInitScript('delete window.PushManager; navigator.standalone = false;');
  });
  await signUp(page);
  await delayInsights(stage, 6);
  await startScan(page, await goodPhotos());
  await page.getByText('You may close this page.').waitFor({ timeout: 60_000 });
  expect(await page.getByText('put this app on your home screen first').count()).toBe(sentences);
  expect(await page.getByRole('button', ASK).count()).toBe(0);
  expect(await faultsOf(page)).toEqual([]);
  await page.context().close();
});

/** The worker's message in the form in which FCM delivers it to a browser. */
function onTheWire(scanId: string): string {
  const said = pushText({ locale: 'en', units: 'metric' }, 'completed');
  const message = { scanId, status: 'completed' as const, ...said, quiet: false };
  const { notification, data, webpush } = multicast(message, [TOKEN], {
    now: new Date(),
    webAppUrl: 'https://app.example',
  });
  return JSON.stringify({ data, notification: { ...notification, ...webpush?.notification } });
}

/** The notifications that the service worker has shown and not closed since. */
const shownIn = (worker: Worker) =>
  worker.evaluate<{ title: string; body: string; tag: string; data: unknown }[]>('self.shown');

async function deliver({ address }: Stage, page: Page, data: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) =>
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL.startsWith(address));
      if (own) resolve(own.registrationId);
    }),
  );
  await devtools.send('ServiceWorker.enable');
  const registrationId = await registered;
  await devtools.send('ServiceWorker.deliverPushMessage', { origin: address, registrationId, data });
  await devtools.detach();
}

it('is shown once for a scan, without numbers, and a tap on it opens the scan', async ({ stage }) => {
  const page = await stage.open();
  await signUp(page);
  await startScan(page, await goodPhotos());
  const bodyFat = await completed(page);
  const scanId = scanShown(page);
  await page.getByRole('link', { name: 'History' }).click();

  await expect.poll(() => page.context().serviceWorkers()).toHaveLength(1);
  const worker = page.context().serviceWorkers()[0]!;
  // As in a browser, a notification replaces an earlier one with the same tag.
  await worker.evaluate(`{
    self.shown = [];
    self.registration.showNotification = async (title, options) => {
      self.shown = [...self.shown.filter(({ tag }) => tag !== options.tag), { title, ...options }];
    };
  }`);
  await deliver(stage, page, onTheWire(scanId));
  await expect.poll(() => shownIn(worker)).toHaveLength(1);
  const [shown] = await shownIn(worker);
  expect(shown).toMatchObject({ tag: scanId, data: { scanId }, silent: false });
  expect(shown!.title).not.toBe('ReddyFit');
  expect(`${shown!.title} ${shown!.body}`).not.toMatch(/\d/);
  await deliver(stage, page, onTheWire(scanId));
  await deliver(stage, page, onTheWire('another'));
  await expect.poll(async () => (await shownIn(worker)).map(({ tag }) => tag)).toEqual([scanId, 'another']);

  // Only when a person taps does a browser send this event and let the worker focus a page, so both are simulated.
  await worker.evaluate(`(async () => {
    WindowClient.prototype.focus = async function () { return this; };
    let closed = false;
    let done;
    const notification = { ...self.shown[0], close: () => { closed = true; } };
    const waitUntil = (work) => { done = work; };
    self.dispatchEvent(Object.assign(new ExtendableEvent('notificationclick'), { notification, waitUntil }));
    await done;
    if (!closed) throw new Error('the notification stays');
  })()`);
  await page.locator('.figure').waitFor();
  expect(scanShown(page)).toBe(scanId);
  expect(await page.locator('.figure').textContent()).toBe(bodyFat);
  await page.context().close();
});
