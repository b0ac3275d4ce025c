/** The client against the real stack: what can happen to a phone between the shutter and the result. */

import { once } from 'node:events';
import { type IncomingMessage, request as requestOf } from 'node:http';
import { DAY_MS } from '@reddyfit/shared/durations';
import type { Angle } from '@reddyfit/shared/names/angles';
import { objects } from '@reddyfit/shared/names/paths';
import { fetchTransport, memoryStorage, type ScanWatch, type Transport } from '@reddyfit/client';
import { type LocalClient, signIn } from '@reddyfit/client/emulators';
import { afterAll, expect } from 'vitest';
import { openLink } from './held-link.ts';
import { goodPhotos } from './photos.ts';
import type { User } from './users.ts';
import { it, type World } from './world.ts';

const WEIGHT = { lb: 150 };

const opened: LocalClient[] = [];
afterAll(() => Promise.all(opened.map(({ close }) => close())));

/** Signs the same user in on another device, in another tab or at another start of the app. */
async function open(world: World, { account }: User, options: Parameters<typeof signIn>[2] = {}) {
  const local = await signIn(world.servers.stack, account, options);
  opened.push(local);
  return local;
}

/** Records phases, connections and remaining times in the order in which the watch shows them. */
function record(watch: ScanWatch) {
  const phases: string[] = [];
  const connections: string[] = [];
  const etas: number[] = [];
  watch.subscribe(() => {
    const { phase, connection, etaSeconds } = watch.getSnapshot();
    if (phases.at(-1) !== phase) phases.push(phase);
    if (connections.at(-1) !== connection) connections.push(connection);
    if (etaSeconds !== null) etas.push(etaSeconds);
  });
  return { phases, connections, etas };
}

const until = (watch: ScanWatch, holds: () => boolean) =>
  new Promise<void>((resolve) => {
    const look = () => {
      if (!holds()) return;
      stop();
      resolve();
    };
    const stop = watch.subscribe(look);
    look();
  });

/** A transport that applies the test's mishap to one photo; `sent` lists the photos whose upload was tried. */
function troubled(
  angle: Angle,
  mishap: (real: () => ReturnType<Transport['put']>) => ReturnType<Transport['put']>,
) {
  const sent: string[] = [];
  const transport: Transport = {
    ...fetchTransport,
    put(request) {
      const name = /(\w+)\.jpg/.exec(new URL(request.url).pathname)![1]!;
      sent.push(name);
      const real = () => fetchTransport.put(request);
      return name === angle ? mishap(real) : real();
    },
  };
  return { transport, sent };
}

it('goes from nothing to a result, with a profile, a consent, four photos and a weight', async ({
  world,
}) => {
  const user = await world.newUser({ consent: 'never asked', profileWithout: 'heightCm', credits: 2 });
  const { client } = await open(world, user);
  await client.saveProfile({ heightCm: 168, units: 'metric' });
  await client.setConsent({ granted: true, policyVersion: '2026-01' });
  expect(await client.scanCredits()).toBe(2);
  const ends: string[] = [];
  const handle = client.startScan(
    { photos: await goodPhotos(), weight: { kg: 68 } },
    { onFinished: ({ status }) => void ends.push(status) },
  );
  const seen = record(handle);
  const scan = await handle.finished();
  expect(scan).toMatchObject({ status: 'completed', weightKg: 68 });
  expect(Object.keys(scan.uploads!)).toHaveLength(4);
  const order = ['preparing', 'uploading', 'submitting', 'submitted', 'queued', 'processing', 'completed'];
  // Some states pass too fast for a listener to see them.
  expect(seen.phases).toEqual(order.filter((phase) => seen.phases.includes(phase)));
  expect(seen.phases).toEqual(expect.arrayContaining(['uploading', 'submitting', 'processing', 'completed']));
  expect(ends).toEqual(['completed']);
  expect(handle.getSnapshot()).toMatchObject({ phase: 'completed', connection: 'live', etaSeconds: null });
  expect(await client.drafts()).toEqual([]);
  await world.expectInvariants(await handle.submitted);
});

it('goes on after its end, with the photos that are missing', async ({ world }) => {
  const user = await world.newUser();
  const storage = memoryStorage();
  const hanging = troubled('left', () => new Promise(() => undefined));
  const first = (await open(world, user, { storage, transport: hanging.transport })).client;
  const killed = first.startScan({ photos: await goodPhotos(), weight: WEIGHT });
  await until(killed, () => killed.getSnapshot().upload?.arrived.length === 3);
  killed.close();

  const counted = troubled('left', (real) => real());
  const again = (await open(world, user, { storage, transport: counted.transport })).client;
  const [draft] = await again.drafts();
  expect(draft).toMatchObject({
    weight: WEIGHT,
    photos: { left: { arrived: false }, back: { arrived: true } },
  });
  const resumed = again.resumeScan(draft!.id);
  expect((await resumed.finished()).status).toBe('completed');
  expect(counted.sent).toEqual(['left']);
  expect(await resumed.submitted).toBe(draft!.upload!.scanId);
  // The photos were kept for a retake; after this end none is needed.
  await expect.poll(() => storage.keys('')).toEqual([]);
});

it('is one scan and one credit in two tabs', async ({ world }) => {
  const user = await world.newUser({ credits: 3 });
  const storage = memoryStorage();
  const hanging = troubled('right', () => new Promise(() => undefined));
  const first = (await open(world, user, { storage, transport: hanging.transport })).client;
  const killed = first.startScan({ photos: await goodPhotos(), weight: WEIGHT });
  await until(killed, () => killed.getSnapshot().upload?.arrived.length === 3);
  killed.close();

  const tabs = await Promise.all([open(world, user, { storage }), open(world, user, { storage })]);
  const [draft] = await tabs[0].client.drafts();
  const resumed = tabs.map(({ client }) => client.resumeScan(draft!.id));
  const outcomes = await Promise.allSettled(resumed.map(({ submitted }) => submitted));
  const { scanId } = draft!.upload!;
  // The tab that comes second finds that the draft is gone, or that the scan exists.
  for (const outcome of outcomes)
    expect(outcome.status === 'fulfilled' ? outcome.value : outcome.reason).toEqual(
      outcome.status === 'fulfilled' ? scanId : expect.objectContaining({ code: 'ScanNotFoundError' }),
    );
  expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
  expect(await world.untilTerminal(scanId)).toMatchObject({ status: 'completed' });
  expect((await world.ledger(user.uid)).balance).toBe(2);
});

it('gets over a lost answer, and an upload of which nothing arrived costs nothing', async ({ world }) => {
  const user = await world.newUser({ credits: 3 });
  let lost = 0;
  const losing = troubled('back', async (real) => {
    const answer = await real();
    if (lost++ === 0) throw new Error('the answer is lost');
    return answer;
  });
  const { client } = await open(world, user, {
    transport: losing.transport,
    uploadTimes: { firstPauseMs: 10 },
  });
  const handle = client.startScan({ photos: await goodPhotos(), weight: WEIGHT });
  expect((await handle.finished()).status).toBe('completed');
  expect(losing.sent.filter((name) => name === 'back')).toHaveLength(2);

  // Behaves as iOS 26.5 does with a File: it sends an empty body, and the server answers 200.
  const emptying: Transport = {
    ...fetchTransport,
    put: (request) =>
      fetchTransport.put(
        request.url.includes('front.jpg') ? { ...request, body: Uint8Array.of(255) } : request,
      ),
  };
  const other = (await open(world, user, { transport: emptying })).client;
  const refused = other.startScan({ photos: await goodPhotos(), weight: WEIGHT });
  expect(await refused.finished()).toMatchObject({
    status: 'failed',
    error: {
      code: 'UploadMismatchError',
      messageCode: 'UploadMismatchError.bytes',
      params: { angle: 'front', field: 'uploads.front.bytes', found: 1 },
      retryable: true,
    },
  });
  expect((await world.ledger(user.uid)).balance).toBe(2);
  const folder = objects.scanFolder(user.uid, await refused.submitted);
  await expect
    .poll(async () => (await world.servers.bucket.getFiles({ prefix: folder }))[0].length, {
      timeout: 20_000,
    })
    .toBe(0);
});

it('gets over an upload that is slow, and one that stalls, on the network of its storage', async ({
  world,
}) => {
  const user = await world.newUser({ credits: 3 });
  const storage = new URL(world.servers.stack.storage);
  const link = await openLink(storage.host);
  const sent: string[] = [];
  /** Sends by way of the link. */
  const through: Transport = {
    tellsProgress: false,
    async put({ url, headers, body, signal, onSent }) {
      const { host, pathname, search } = new URL(url);
      const [hostname, port] = link.address.split(':');
      sent.push(/(\w+)\.jpg/.exec(pathname)![1]!);
      // The first photo leaves while the network stands still.
      if (sent.length === 1) link.hold();
      // The storage server answers under its own name only, which fetch cannot be told.
      const to = {
        hostname,
        port,
        path: pathname + search,
        method: 'PUT',
        headers: { ...headers, host },
        signal,
      };
      const [answer] = (await once(requestOf(to).end(body), 'response')) as [IncomingMessage];
      answer.resume();
      onSent(body.length);
      return { status: answer.statusCode!, retryAfterSeconds: undefined };
    },
  };
  const start = async (stallAfterMs: number) => {
    sent.length = 0;
    const { client } = await open(world, user, {
      transport: through,
      uploadTimes: { stallAfterMs, slowestBytesPerSecond: 1_000_000_000, tickMs: 50, firstPauseMs: 10 },
      watchTimes: { staleAfterMs: 600, tickMs: 50 },
    });
    const handle = client.startScan({ photos: await goodPhotos(), weight: WEIGHT });
    await until(handle, () => handle.getSnapshot().connection === 'live');
    await until(handle, () => handle.getSnapshot().connection === 'stale');
    expect(handle.getSnapshot().phase).toBe('uploading');
    return handle;
  };
  try {
    const slow = await start(60_000);
    link.release();
    await until(slow, () => slow.getSnapshot().connection === 'live');
    expect((await slow.finished()).status).toBe('completed');
    expect(sent.toSorted()).toEqual(['back', 'front', 'left', 'right']);

    const stalled = await start(1500);
    await until(stalled, () => stalled.getSnapshot().attempt > 1);
    link.release();
    expect((await stalled.finished()).status).toBe('completed');
    expect(sent.length).toBeGreaterThan(4);
    expect((await world.ledger(user.uid)).balance).toBe(1);
  } finally {
    link.release();
    await link.close();
  }
});

it('is watched from a second device, which says that it is offline and catches up', async ({ world }) => {
  const user = await world.newUser();
  const { stack } = world.servers;
  // Firestore's own disableNetwork stops listeners only: a read by a transaction still reaches the server.
  const link = await openLink(stack.firestore);
  const watchTimes = { askAfterMs: 1000, staleAfterMs: 2000, answerWithinMs: 1000 };
  const second = await signIn({ ...stack, firestore: link.address }, user.account, { watchTimes });
  const handle = user.phone.client.startScan({ photos: await goodPhotos(), weight: WEIGHT });
  const watch = second.client.watchScan(await handle.submitted);
  const seen = record(watch);
  try {
    await until(watch, () => watch.getSnapshot().scan !== null);
    link.hold();
    await until(watch, () => watch.getSnapshot().connection !== 'live');
    expect((await handle.finished()).status).toBe('completed');
    expect(watch.getSnapshot().phase).not.toBe('completed');
    link.release();
    expect((await watch.finished()).status).toBe('completed');
    expect(watch.getSnapshot()).toMatchObject({ phase: 'completed', connection: 'live' });
    expect(seen.connections).toContain('live');
  } finally {
    link.release();
    watch.close();
    await second.close();
    await link.close();
  }
});

it.for([
  ['a day fast', DAY_MS],
  ['a day slow', -DAY_MS],
] as const)('works on a phone whose clock is %s', async ([, wrongBy], { world }) => {
  const user = await world.newUser();
  const { client } = await open(world, user, { now: () => Date.now() + wrongBy });
  const handle = client.startScan({ photos: await goodPhotos(), weight: WEIGHT });
  const { etas, connections } = record(handle);
  expect((await handle.finished()).status).toBe('completed');
  expect(etas.every((seconds) => seconds >= 0 && seconds < 600)).toBe(true);
  expect(connections).not.toContain('offline');
});

it('tells who may not see a scan, and who is not to start one', async ({ world }) => {
  const [owner, stranger] = await Promise.all([world.newUser(), world.newUser({ credits: 0 })]);
  const { scanId } = await world.submitScan(owner);
  await world.untilTerminal(scanId);
  await expect(stranger.phone.client.watchScan(scanId).finished()).rejects.toMatchObject({
    code: 'ScanNotFoundError',
  });
  await expect(stranger.phone.client.cancelScan(scanId)).rejects.toMatchObject({ code: 'ScanNotFoundError' });
  const refused = stranger.phone.client.startScan({ photos: await goodPhotos(), weight: { lb: 5 } });
  await expect(refused.submitted).rejects.toMatchObject({ code: 'InvalidScanError', field: 'weight' });
  expect(refused.getSnapshot()).toMatchObject({ phase: 'refused', error: { field: 'weight' } });
  await expect(stranger.phone.client.saveProfile({ heightCm: 5 })).rejects.toMatchObject({
    code: 'InvalidRequestError',
    field: 'heightCm',
  });
  await expect(
    stranger.phone.client.setConsent({ granted: true, policyVersion: undefined as never }),
  ).rejects.toMatchObject({ code: 'InvalidRequestError', field: 'policyVersion' });
});

it('asks the server itself whether it is there: a listener whose connection has died in silence does not answer for it', async ({
  world,
}) => {
  const user = await world.newUser();
  const { stack } = world.servers;
  const link = await openLink(stack.firestore);
  const { client, close } = await signIn({ ...stack, firestore: link.address }, user.account);
  const watch = client.watchScan('00000000-0000-4000-8000-000000000000');
  const stop = watch.subscribe(() => undefined);
  try {
    await until(watch, () => watch.getSnapshot().lastServerAt !== null);
    link.hold();
    await watch.refresh();
    expect(watch.getSnapshot().connection).toBe('offline');
    link.release();
    await watch.refresh();
    expect(watch.getSnapshot().connection).toBe('live');
  } finally {
    link.release();
    stop();
    watch.close();
    await close();
    await link.close();
  }
});
