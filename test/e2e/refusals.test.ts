/** Scans that are not admitted: they end with a code, cost nothing and start no workflow. */

import { randomUUID } from 'node:crypto';
import { paths } from '@reddyfit/shared/names/paths';
import { photoUrlsOf } from '@reddyfit/shared/scan/photos';
import { Timestamp } from 'firebase-admin/firestore';
import { describe, expect, inject, vi } from 'vitest';
import { logTraces } from './traces.ts';
import type { UserOptions } from './users.ts';
import { it } from './world.ts';

const USERS: readonly (readonly [who: string, options: UserOptions, code: string])[] = [
  ['who was never asked for consent', { consent: 'never asked' }, 'ConsentMissingError'],
  ['who withdrew consent', { consent: 'withdrawn' }, 'ConsentMissingError'],
  ['without credits', { credits: 0 }, 'InsufficientCreditsError'],
  ['whose profile has no height', { profileWithout: 'heightCm' }, 'ProfileIncompleteError'],
  ['whose profile has no birth date', { profileWithout: 'birthDate' }, 'ProfileIncompleteError'],
];

describe('a scan by a user', () => {
  it.for(USERS)('%s fails at no cost', async ([, options, code], { world }) => {
    const user = await world.newUser(options);
    const { scanId, seen } = await world.submitScan(user);
    expect(await seen.ended).toMatchObject({ status: 'failed', progress: 0, error: { code } });
    await world.expectInvariants(scanId);
    expect((await world.ledger(user.uid)).balance).toBe(options.credits ?? 5);
    // The end is told like any other.
    await vi.waitFor(async () => expect(await world.pushes(scanId)).toHaveLength(1), 30_000);
    expect(await world.pushes(scanId)).toMatchObject([
      {
        title: 'Scan not completed',
        body: 'The scan did not start. No credit was used. Open the app to see why.',
        data: { scanId },
      },
    ]);
  });

  it('whose account cannot be read fails as our fault, and operators are told of it', async ({ world }) => {
    const { db } = world.servers;
    const user = await world.newUser();
    const account = db.doc(paths.account(user.uid));
    await account.update({ scanCredits: '5' });
    const { scanId, seen } = await world.submitScan(user);
    expect(await seen.ended).toMatchObject({ status: 'failed', error: { code: 'InternalError' } });
    expect((await account.get()).data()).toMatchObject({ scanCredits: '5' });
    const told = () => {
      const lines = logTraces(inject('instanceDir'))['firebase.log']!.split('\n');
      return lines.find((line) => line.includes('scan refused') && line.includes(scanId));
    };
    await vi.waitFor(() => expect(told()).toContain('"severity":"ERROR"'), 30_000);
    await account.update({ scanCredits: 5 });
    await world.expectInvariants(scanId);
  });
});

interface Forgery {
  uid: string;
  victim: string;
  scanId: string;
  bucket: string;
}

/** Documents that the rules would not let through, each with a change to what a client writes. */
const FORGERIES: readonly (readonly [
  what: string,
  change: (forgery: Forgery) => Record<string, unknown>,
  code: string,
  wellFormed: boolean,
])[] = [
  [
    'photos in a foreign bucket',
    ({ uid, scanId }) => ({ photoUrls: photoUrlsOf('somebody-elses-bucket', uid, scanId) }),
    'PhotoNotOwnedError',
    true,
  ],
  [
    "another user's photos",
    ({ bucket, victim, scanId }) => ({ photoUrls: photoUrlsOf(bucket, victim, scanId) }),
    'PhotoNotOwnedError',
    true,
  ],
  ["another user's id", ({ victim }) => ({ userId: victim }), 'PhotoNotOwnedError', true],
  [
    "another scan's photos",
    ({ bucket, uid }) => ({ photoUrls: photoUrlsOf(bucket, uid, randomUUID()) }),
    'PhotoNotOwnedError',
    true,
  ],
  ['a weight of 5000 lb', () => ({ weightLb: 5000 }), 'InvalidScanError', false],
  ['a field of its own', () => ({ priority: 'high' }), 'InvalidScanError', false],
];

describe('a document that came past the rules with', () => {
  it.for(FORGERIES)('%s fails at no cost to anyone', async ([, change, code, wellFormed], { world }) => {
    const [user, victim] = await Promise.all([world.newUser(), world.newUser()]);
    const { db, stack } = world.servers;
    const scanId = randomUUID();
    const { bucket } = stack;
    await db.doc(paths.scan(scanId)).create({
      userId: user.uid,
      photoUrls: photoUrlsOf(bucket, user.uid, scanId),
      weightLb: 150,
      status: 'submitted',
      createdAt: Timestamp.now(),
      ...change({ uid: user.uid, victim: victim.uid, scanId, bucket }),
    });
    expect(await world.untilTerminal(scanId)).toMatchObject({ status: 'failed', error: { code } });
    await world.expectInvariants(scanId, { wellFormed });
    for (const { uid } of [user, victim]) {
      const { balance, entries } = await world.ledger(uid);
      expect(balance).toBe(5);
      expect(entries.map(({ kind }) => kind)).toEqual(['grant']);
    }
  });
});
