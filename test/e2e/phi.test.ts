/** Health data stays where the design puts it: canaries go through whole scans, and are searched for everywhere else. */

import { randomUUID } from 'node:crypto';
import { paths } from '@reddyfit/shared/names/paths';
import { photoUrlsOf } from '@reddyfit/shared/scan/photos';
import { Timestamp } from 'firebase-admin/firestore';
import { expect, inject, vi } from 'vitest';
import {
  BIRTH_DATE,
  NAME,
  WEIGHT_LB,
  canariesOf,
  canaryUser,
  expectNoLeakOf,
  expectToNameTheScan,
  found,
  idTokenOf,
  it,
  resultCanaries,
  tracesOf,
} from './canaries.ts';
import { logTraces, recordTraces, temporalDatabase } from './traces.ts';

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
  // A short number occurs by chance in a megabyte of ciphertext.
  const long = new Map([...canaries].filter(([value]) => value.length >= 8));
  expect(found(database, long)).toEqual({});
});

it('a model that answers estimation with out_of_bounds leaks nothing', ({ world, raw }) =>
  expectNoLeakOf({ step: 'estimation', kind: 'out_of_bounds' }, 'failed', world, raw));

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
