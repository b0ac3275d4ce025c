import { randomUUID } from 'node:crypto';
import { paths } from '@reddyfit/shared/names/paths';
import { MAX_DEVICES } from '@reddyfit/shared/account/users';
import { type Firestore, Timestamp } from 'firebase-admin/firestore';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type DeliverWrite, loadWriteTrigger } from './trigger.ts';

let deliver: DeliverWrite;
let db: Firestore;

beforeAll(async () => {
  ({ deliver, db } = await loadWriteTrigger(
    'demo-devices',
    { firestore: inject('firestore'), temporal: inject('temporal') },
    async () => (await import('../src/triggers/on-device-written.ts')).onDeviceWritten,
  ));
});

afterAll(async () => {
  await db.terminate();
});

const newUid = () => `user-${randomUUID()}`;

/** Registers the devices `d<first>` to `d<last>`, each a minute after the one before. */
async function register(uid: string, first: number, last: number): Promise<void> {
  const writer = db.bulkWriter();
  for (let n = first; n <= last; n += 1) {
    const updatedAt = Timestamp.fromMillis(Date.UTC(2026, 0, 1) + n * 60_000);
    void writer.set(db.doc(paths.device(uid, `d${n}`)), { token: `${uid}-${n}`, platform: 'ios', updatedAt });
  }
  await writer.close();
}

async function devicesOf(uid: string): Promise<number[]> {
  const devices = await db.collection(paths.devices(uid)).get();
  return devices.docs.map(({ id }) => Number(id.slice(1))).sort((a, b) => a - b);
}

const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

it('leaves as many devices as a user may have', async () => {
  const uid = newUid();
  await register(uid, 1, MAX_DEVICES);
  await deliver(paths.device(uid, 'd1'));
  expect(await devicesOf(uid)).toEqual(range(1, MAX_DEVICES));
});

it('drops the device that was not renewed for longest when one more comes', async () => {
  const uid = newUid();
  await register(uid, 1, MAX_DEVICES + 1);
  await deliver(paths.device(uid, 'd21'));
  await deliver(paths.device(uid, 'd21'));
  expect(await devicesOf(uid)).toEqual(range(2, MAX_DEVICES + 1));
});

it('keeps the newest of a flood, however its events come, and nobody else loses one', async () => {
  const [uid, neighbour] = [newUid(), newUid()];
  await Promise.all([register(uid, 1, 300), register(neighbour, 1, 3)]);
  await Promise.all(range(1, 8).map((n) => deliver(paths.device(uid, `d${n}`))));
  expect(await devicesOf(uid)).toEqual(range(281, 300));
  expect(await devicesOf(neighbour)).toEqual([1, 2, 3]);
});

it('has nothing to do when a device goes', async () => {
  const uid = newUid();
  await register(uid, 1, MAX_DEVICES + 1);
  await db.doc(paths.device(uid, 'd21')).delete();
  await deliver(paths.device(uid, 'd21'));
  expect(await devicesOf(uid)).toEqual(range(1, MAX_DEVICES));
});
