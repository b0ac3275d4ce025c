/** Health data stays where the design puts it: canaries go through whole scans, and are looked for everywhere else. */

import { randomUUID } from 'node:crypto';
import { lbToKg } from '@reddyfit/shared/scan/measures';
import { objects, paths } from '@reddyfit/shared/names/paths';
import { photoUrlsOf } from '@reddyfit/shared/scan/photos';
import type { Scan } from '@reddyfit/shared/scan/document';
import { Timestamp } from 'firebase-admin/firestore';
import { expect, inject, vi } from 'vitest';
import { photosWith } from './photos.ts';
import { exportedSpans } from '../spans.ts';
import {
  logTraces,
  pushTraces,
  rawEvents,
  recordTraces,
  temporalDatabase,
  temporalTraces,
  type Traces,
} from './traces.ts';
import { newToken, type User, type UserOptions } from './users.ts';
import { it as itInWorld, type World } from './world.ts';

const NAME = 'Canary Quetzal';
const BIRTH_DATE = '1987-03-21';
const HEIGHT_CM = 171.37;
const WEIGHT_LB = 187.3125;

/** Value → how it is named in a failure. */
type Canaries = Map<string, string>;

const it = itInWorld.extend('raw', { scope: 'file' }, async ({ servers }, { onCleanup }) => {
  const raw = await rawEvents(servers);
  onCleanup(() => raw.close());
  return raw;
});

interface CanaryUser extends User {
  readonly email: string;
  readonly tokens: readonly string[];
}

interface CanaryOptions extends Pick<UserOptions, 'profile' | 'scans'> {
  /** Default: one. */
  readonly tokens?: readonly string[];
}

/** Someone whose every detail is a word that appears nowhere by chance, with a phone for each token. */
async function canaryUser(
  world: World,
  { profile, tokens = [`canary-${newToken()}`], ...options }: CanaryOptions = {},
): Promise<CanaryUser> {
  const { db } = world.servers;
  // The Auth emulator tells the functions of a new account, so the account has the address from the beginning.
  const email = `quetzal-${randomUUID()}@canary.example`;
  const user = await world.newUser({
    ...options,
    // By default a token is also the id of its device, and ids are no secret.
    devices: [],
    profile: { birthDate: BIRTH_DATE, heightCm: HEIGHT_CM, ...profile },
    displayName: NAME,
    email,
  });
  for (const [index, token] of tokens.entries()) {
    const phone = { token, platform: 'ios', updatedAt: Timestamp.now() };
    await db.doc(paths.device(user.uid, `phone-${index}`)).set(phone);
  }
  return { ...user, email, tokens };
}

/** An ID token, as a client that speaks plain HTTP gets it. */
async function idTokenOf({ servers: { auth, stack } }: World, uid: string): Promise<string> {
  const token = await auth.createCustomToken(uid);
  const endpoint = 'identitytoolkit.googleapis.com/v1/accounts:signInWithCustomToken?key=local';
  const answer = await fetch(`http://${stack.auth}/${endpoint}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, returnSecureToken: true }),
  });
  return ((await answer.json()) as { idToken: string }).idToken;
}

/** What nobody but the user, the scan's document and the model may learn. */
function canariesOf({ uid, email }: CanaryUser, scanId: string, bucket: string): Canaries {
  const folder = objects.scanFolder(uid, scanId);
  return new Map<string, string>([
    ['Quetzal', 'display name'],
    [email, 'e-mail address'],
    [BIRTH_DATE, 'birth date'],
    [`${HEIGHT_CM}`, 'height'],
    [`${WEIGHT_LB}`, 'weight'],
    [lbToKg(WEIGHT_LB).toFixed(2), 'weight in kg'],
    ['canary-token', 'device token'],
    [bucket + '/scans', 'photo URL'],
    [folder, 'photo path'],
    [encodeURIComponent(folder), 'photo path, encoded'],
    ['X-Goog-Signature', 'signed URL'],
    ['data:image/', 'photo'],
  ]);
}

/** The numbers and sentences that came out. */
function resultCanaries({ results }: Scan): Canaries {
  const { estimation, insights, nutrition, workout, hydration } = results ?? {};
  const numbers = [
    estimation?.bodyFatPercent,
    estimation?.leanMassLb,
    estimation?.fatMassLb,
    ...Object.values(estimation?.measurements ?? {}).flatMap((measured) =>
      Object.values(measured ?? {}).slice(0, 1),
    ),
    // A whole number may stand anywhere.
  ].filter((number) => !Number.isInteger(number));
  const sentences = [
    ...(estimation?.observations ?? []),
    insights?.summary,
    insights?.nextFocus,
    nutrition?.advice,
    nutrition?.meals[0]?.description,
    workout?.advice,
    hydration?.tips[0],
  ];
  return new Map([
    ...numbers.filter((number) => number !== undefined).map((n) => [`${n}`, `result ${n}`] as const),
    ...sentences.filter((text) => text !== undefined).map((text) => [text, `"${text}"`] as const),
  ]);
}

/** A number counts where it stands alone: 24.3 is not found in 124.35. */
function holds(text: string, value: string): boolean {
  if (!/^[\d.]+$/.test(value)) return text.includes(value);
  return new RegExp(`(?<![\\d.])${value.replaceAll('.', '\\.')}(?!\\d)`).test(text);
}

/** Names of the canaries that are in each place; places without one are left out. */
function found(traces: Traces, canaries: Canaries): Record<string, string[]> {
  const perPlace = Object.entries(traces).map(([place, text]) => {
    const names = [...canaries].filter(([value]) => holds(text, value)).map(([, name]) => name);
    return [place, names] as const;
  });
  return Object.fromEntries(perPlace.filter(([, names]) => names.length > 0));
}

/** Everything that a scan which had a workflow left outside its record, once that has closed. */
async function tracesOf(
  world: World,
  raw: Awaited<ReturnType<typeof rawEvents>>,
  { uid }: User,
  scanId: string,
): Promise<Traces> {
  const { servers } = world;
  await world.workflowResult(scanId);
  // A scan's events come in order, so with the last one all are there.
  const last = /"scan\.(completed|rejected|failed|canceled)"/;
  await vi.waitFor(() => expect(raw.about(scanId).some((event) => last.test(event))).toBe(true), 30_000);
  return {
    ...logTraces(inject('instanceDir')),
    ...(await temporalTraces(servers, scanId)),
    ...(await pushTraces(servers, scanId)),
    ...(await recordTraces(world, uid, scanId)),
    'Pub/Sub': raw.about(scanId).join('\n'),
    spans: await spansText(scanId),
  };
}

/** All spans that were exported so far, once those of the scan's workflow are among them. */
async function spansText(scanId: string): Promise<string> {
  return vi.waitFor(async () => {
    const spans = await exportedSpans(inject('collector'));
    const ofScan = spans.filter(({ attributes }) => attributes['reddyfit.scan.id'] === scanId);
    expect(ofScan.map(({ name }) => name)).toContain('RunWorkflow:dailyScanWorkflow');
    return spans.map(({ raw }) => raw).join('\n');
  }, 30_000);
}

/** That a place was read at all shows in the scan's id, which belongs there. */
function expectToNameTheScan(traces: Traces, scanId: string): void {
  for (const place of [
    'firebase.log',
    'Temporal description',
    'push data',
    'audit chain',
    'credit ledger',
    'Pub/Sub',
    'spans',
  ])
    expect(traces[place], place).toContain(scanId);
  expect(traces['Temporal history']!.includes('estimation'), 'Temporal history').toBe(true);
}

it('a completed scan is told of by ids alone, but for the number on an open lock screen', async ({
  world,
  raw,
}) => {
  const user = await canaryUser(world);
  const { scanId, seen } = await world.submitScan(user, { weightLb: WEIGHT_LB });
  const scan = await seen.ended;
  expect(scan.status).toBe('completed');
  const traces = await tracesOf(world, raw, user, scanId);
  expectToNameTheScan(traces, scanId);

  const results = resultCanaries(scan);
  const canaries = new Map([...canariesOf(user, scanId, world.servers.stack.bucket), ...results]);
  const { bodyFatPercent } = scan.results!.estimation!;
  expect(found({ document: JSON.stringify(scan) }, results), 'the canaries are real').toEqual({
    document: [...results.values()],
  });
  expect(found(traces, canaries)).toEqual({ 'push notification': [`result ${bodyFatPercent}`] });

  const database = temporalDatabase(inject('instanceDir'));
  expect(Object.values(database).some((bytes) => bytes.includes(scanId))).toBe(true);
  // A short number may stand in any megabyte of ciphertext.
  const long = new Map([...canaries].filter(([value]) => value.length >= 8));
  expect(found(database, long)).toEqual({});
});

it('a private lock screen shows no number', async ({ world, raw }) => {
  const user = await canaryUser(world, { profile: { pushPreview: 'private' } });
  const { scanId, seen } = await world.submitScan(user, { weightLb: WEIGHT_LB });
  const scan = await seen.ended;
  expect(scan.status).toBe('completed');
  const canaries = new Map([
    ...canariesOf(user, scanId, world.servers.stack.bucket),
    ...resultCanaries(scan),
  ]);
  expect(found(await tracesOf(world, raw, user, scanId), canaries)).toEqual({});
});

it.for([
  ['estimation', 'out_of_bounds', 'failed'],
  ['estimation', 'broken_json', 'failed'],
  ['estimation', 'bad_request', 'failed'],
  ['qualityCheck', 'broken_json', 'failed'],
  ['insights', 'wrong_schema', 'completed'],
] as const)('a model that answers %s with %s leaks nothing', async ([step, kind, status], { world, raw }) => {
  const user = await canaryUser(world, { profile: { pushPreview: 'private' } });
  await user.model.fault({ step, kind, times: 10 });
  const { scanId, seen } = await world.submitScan(user, { weightLb: WEIGHT_LB });
  const scan = await seen.ended;
  expect(scan.status).toBe(status);
  const traces = await tracesOf(world, raw, user, scanId);
  expect(traces['Temporal history']!.includes('applicationFailureInfo'), 'the failure was kept').toBe(true);
  const canaries = new Map([
    ...canariesOf(user, scanId, world.servers.stack.bucket),
    ...resultCanaries(scan),
  ]);
  expect(found(traces, canaries)).toEqual({});
});

it.for(['truncated', 'black'] as const)(
  'a scan rejected for a %s photo leaks nothing',
  async (spoiled, { world, raw }) => {
    const user = await canaryUser(world);
    const photos = await photosWith(spoiled, 'left');
    const { scanId, seen } = await world.submitScan(user, { photos, weightLb: WEIGHT_LB });
    expect((await seen.ended).status).toBe('rejected');
    const canaries = canariesOf(user, scanId, world.servers.stack.bucket);
    expect(found(await tracesOf(world, raw, user, scanId), canaries)).toEqual({});
  },
);

it('an FCM that refuses and a device that is gone leak nothing', async ({ world, raw }) => {
  const [gone, refused] = [`canary-${newToken()}`, `canary-${newToken()}`];
  const user = await canaryUser(world, {
    profile: { pushPreview: 'private' },
    tokens: [gone, refused],
  });
  await world.fcm.fault({ token: gone, code: 'UNREGISTERED' });
  await world.fcm.fault({ token: refused, code: 'INVALID_ARGUMENT', times: 2 });
  const { scanId, seen } = await world.submitScan(user, { weightLb: WEIGHT_LB });
  await seen.ended;
  const canaries = canariesOf(user, scanId, world.servers.stack.bucket);
  expect(found(await tracesOf(world, raw, user, scanId), canaries)).toEqual({});
});

it('a scan refused at admission is told of without quoting it', async ({ world }) => {
  const { db, stack } = world.servers;
  const user = await canaryUser(world);
  const scanIds = [randomUUID(), randomUUID(), randomUUID()];
  const [heavy, foreign, profileless] = scanIds as [string, string, string];
  const scan = (scanId: string) => ({
    userId: user.uid,
    photoUrls: photoUrlsOf(stack.bucket, user.uid, scanId),
    weightLb: WEIGHT_LB,
    status: 'submitted',
    createdAt: Timestamp.now(),
  });
  await db.doc(paths.scan(heavy)).set({ ...scan(heavy), weightLb: `${WEIGHT_LB} lb, says ${NAME}` });
  await db
    .doc(paths.scan(foreign))
    .set({ ...scan(foreign), photoUrls: photoUrlsOf(NAME, user.uid, foreign) });
  await Promise.all([heavy, foreign].map((scanId) => world.untilTerminal(scanId)));
  await db.doc(paths.user(user.uid)).update({ birthDate: `${BIRTH_DATE}, ${NAME}` });
  await db.doc(paths.scan(profileless)).set(scan(profileless));
  const ended = await Promise.all(scanIds.map((scanId) => world.untilTerminal(scanId)));

  expect(ended.map(({ error }) => error?.code)).toEqual([
    'InvalidScanError',
    'PhotoNotOwnedError',
    'ProfileIncompleteError',
  ]);
  for (const [index, scanId] of scanIds.entries()) {
    await vi.waitFor(
      () => expect(logTraces(inject('instanceDir'))['firebase.log']).toContain(scanId),
      30_000,
    );
    const traces = {
      ...logTraces(inject('instanceDir')),
      ...(await recordTraces(world, user.uid, scanId)),
      'error on the document': JSON.stringify(ended[index]!.error),
    };
    expect(found(traces, canariesOf(user, scanId, stack.bucket))).toEqual({});
  }
});

it('a scan over HTTP, and requests that are refused, leave neither content nor token in a log', async ({
  world,
  raw,
}) => {
  const { stack } = world.servers;
  const user = await canaryUser(world, { profile: { pushPreview: 'private' } });
  const idToken = await idTokenOf(world, user.uid);
  const { scanId, seen } = await world.prepareScan(user, { weightLb: WEIGHT_LB });
  const api = `http://${stack.functions}/${stack.projectId}/${stack.region}/api`;
  const post = (body: string, query = '') =>
    fetch(`${api}/scan/trigger-workflow${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${idToken}`, 'content-type': 'application/json' },
      body,
    });
  const body = { scanId, angleUrls: photoUrlsOf(stack.bucket, user.uid, scanId), weightLb: WEIGHT_LB };

  expect((await post(JSON.stringify(body))).status).toBe(202);
  const refusals = await Promise.all([
    post(JSON.stringify({ ...body, weightLb: WEIGHT_LB + 1 })),
    post(JSON.stringify({ ...body, weightLb: `${WEIGHT_LB}`, name: NAME })),
    post(JSON.stringify({ ...body, angleUrls: photoUrlsOf(NAME, user.uid, scanId) })),
    post(`{"weightLb": ${WEIGHT_LB}, "name": "${NAME}`),
  ]);
  expect(refusals.map(({ status }) => status)).toEqual([409, 400, 403, 400]);
  await seen.ended;

  const canaries = canariesOf(user, scanId, stack.bucket);
  expect(found(await tracesOf(world, raw, user, scanId), canaries.set(idToken, 'ID token'))).toEqual({});
  const answers = (await Promise.all(refusals.map((answer) => answer.text()))).join('\n');
  expect(found({ answers }, canaries)).toEqual({});
});

it('the model is told measures and shown photos, but not whose they are', async ({ world }) => {
  const past = { scanId: `past-${randomUUID()}`, weightLb: 190, bodyFatPercent: 39 };
  const createdAt = new Date(world.since - 30 * 86_400_000);
  const user = await canaryUser(world, { scans: [{ ...past, createdAt }] });
  const { scanId, seen } = await world.submitScan(user, { weightLb: WEIGHT_LB });
  await seen.ended;
  await world.workflowResult(scanId);
  const next = await world.submitScan(user, { weightLb: WEIGHT_LB - 1 });
  await next.seen.ended;
  const answer = await fetch(`${world.servers.stack.model}/__aimock/journal`);
  const asked = ((await answer.json()) as { timestamp: number; body: unknown }[])
    .filter(({ timestamp }) => timestamp >= world.since)
    .map((entry) => JSON.stringify(entry))
    .join('\n');
  expect(asked, 'an earlier weight belongs there').toContain(`weight ${WEIGHT_LB} lb`);

  const identity = canariesOf(user, scanId, world.servers.stack.bucket);
  for (const [value, name] of identity) {
    if (['height', 'weight', 'weight in kg', 'photo'].includes(name)) identity.delete(value);
  }
  identity.set(user.uid, 'user id');
  for (const id of [past.scanId, scanId, next.scanId]) identity.set(id, 'scan id');
  expect(found({ 'requests to the model': asked }, identity)).toEqual({});
});
