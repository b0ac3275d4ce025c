/** Unusable photos: the scan is rejected, names the photo and the reason, and costs nothing. */

import type { Angle } from '@reddyfit/shared/scan/photos';
import { ANGLES } from '@reddyfit/shared/scan/photos';
import { describe, expect } from 'vitest';
import { photosWith, type SPOIL } from './photos.ts';
import type { User } from './users.ts';
import { it, type ScanOptions, type World } from './world.ts';

const CASES: readonly (readonly [spoiled: keyof typeof SPOIL, angle: Angle, code: string, words: string])[] =
  [
    ['black', 'front', 'too_dark', 'The front photo is too dark.'],
    ['tiny', 'back', 'too_small', 'The back photo is too small (300 × 400 pixels).'],
    ['blurred', 'left', 'blurred', 'The left photo is blurred.'],
    ['truncated', 'right', 'unreadable', 'The right photo is incomplete or damaged.'],
    ['missing', 'back', 'missing', 'The back photo is missing.'],
  ];

/** Expects that the scan has cost nothing, that its photos are gone, and that the user was told. */
async function expectNothingKept(world: World, user: User, scanId: string) {
  await world.expectInvariants(scanId);
  expect((await world.ledger(user.uid)).balance).toBe(5);
  expect(await world.photosLeft(user.uid, scanId)).toEqual([]);
  expect(await world.pushes(scanId)).toEqual([
    {
      token: user.devices[0],
      title: 'Please retake your photos',
      body: 'Some photos could not be used. Open the app to see why.',
      data: { scanId, status: 'rejected', link: `reddyfit://scans/${scanId}` },
    },
  ]);
}

const NOT_AN_IMAGE = new Set<string>(['missing', 'unreadable', 'unsupported_type']);

describe('by its pixels', () => {
  it.for(CASES)('a %s %s photo rejects the scan', async ([spoiled, angle, code, words], { world }) => {
    const user = await world.newUser();
    const photos = await photosWith(spoiled, angle);
    // The estimation hangs, so that it cannot end before the verdict: only then does the verdict stop it.
    await user.model.fault({ step: 'estimation', kind: 'hang', times: 10 });
    const { scanId, seen } = await world.submitScan(user, { photos });
    const scan = await seen.ended;

    expect(scan).toMatchObject({
      status: 'rejected',
      error: { code: NOT_AN_IMAGE.has(code) ? 'InvalidImageError' : 'PhotosRejectedError', retryable: false },
    });
    expect(scan.error?.message).toContain(words);
    expect(scan.error?.photos).toMatchObject([{ angle, code, message: expect.stringContaining(words) }]);
    const verdict = scan.results!.qualityCheck!;
    expect(verdict.accepted).toBe(false);
    expect(verdict.photos[angle]).toMatchObject({ accepted: false, issues: [{ code }] });
    for (const other of ANGLES.filter((each) => each !== angle)) {
      expect(verdict.photos[other]).toEqual({ accepted: true, issues: [] });
    }
    expect(verdict.modelCall, 'the model was not asked').toBeUndefined();
    expect(scan.results?.estimation).toBeUndefined();
    await expectNothingKept(world, user, scanId);
  });
});

it('photos that the model refuses reject the scan in its words', async ({ world }) => {
  const user = await world.newUser();
  await user.model.fault({ step: 'qualityCheck', kind: 'reject' });
  const { scanId, seen } = await world.submitScan(user);
  const scan = await seen.ended;

  expect(scan.status).toBe('rejected');
  expect(scan.error?.code).toBe('PhotosRejectedError');
  expect(scan.error?.message).toContain('The left photo shows your back.');
  expect(scan.results!.qualityCheck!.photos.left).toMatchObject({
    accepted: false,
    issues: [{ code: 'wrong_angle' }],
  });
  expect(scan.error?.photos).toContainEqual({
    angle: 'left',
    code: 'wrong_angle',
    messageCode: 'wrong_angle.another_side',
    params: { angle: 'left' },
    message:
      'The left photo does not show your left side. Turn so that your left side faces the camera and take it again.',
  });
  await expectNothingKept(world, user, scanId);
});

it('somebody who is found in only some photos has a result by the third scan, and nothing is measured', async ({
  world,
}) => {
  const user = await world.newUser();
  const photos = await photosWith('empty', 'left');
  const scan = async (without?: ScanOptions['without']) => {
    const { scanId, seen } = await world.submitScan(user, { photos, ...(without && { without }) });
    const ended = await seen.ended;
    return { scanId, ended, offer: ended.results?.qualityCheck?.offer };
  };

  const first = await scan();
  expect(first.ended.error?.photos).toMatchObject([{ angle: 'left', code: 'not_a_person' }]);
  expect(first.offer).toBeUndefined();
  const second = await scan();
  expect(second.ended.status).toBe('rejected');
  expect(second.offer).toMatchObject({ without: ['not_a_person'] });
  expect(second.ended.error?.message).toContain(second.offer!.message);

  const { scanId, ended } = await scan(second.offer!.without);
  expect(ended).toMatchObject({ status: 'completed', warnings: [] });
  const { qualityCheck, estimation } = ended.results!;
  expect(qualityCheck!.accepted).toBe(true);
  expect(estimation!.flags).toContain('measurement_left_out');
  expect(estimation!.measurements).toBeUndefined();
  expect(estimation!.sources!.map(({ source }) => source)).not.toContain('measurement');
  await world.expectInvariants(scanId);
  await world.workflowResult(scanId);
  // No face can be hidden where nobody is found, so that photo is not kept.
  const kept = await world.photosLeft(user.uid, scanId);
  expect(kept.map((object) => object.split('/').at(-1))).toEqual(['back.jpg', 'front.jpg', 'right.jpg']);
});
