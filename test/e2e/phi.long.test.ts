/** Health data stays where it belongs also when a photo, the model or FCM fails. */

import { expect } from 'vitest';
import {
  WEIGHT_LB,
  canariesOf,
  canaryUser,
  found,
  it,
  resultCanaries,
  tracesOf,
  expectNoLeakOf,
} from './canaries.ts';
import { photosWith } from './photos.ts';
import { newToken } from './users.ts';

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
  ['estimation', 'broken_json', 'failed'],
  ['estimation', 'bad_request', 'failed'],
  ['qualityCheck', 'broken_json', 'failed'],
  ['insights', 'wrong_schema', 'completed'],
] as const)('a model that answers %s with %s leaks nothing', ([step, kind, status], { world, raw }) =>
  expectNoLeakOf({ step, kind }, status, world, raw),
);

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
