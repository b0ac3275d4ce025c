/** The order of looks and outlines in a real process, and what becomes of a photo whose process ends between the two. */

import type { Angle } from '@reddyfit/shared/scan/photos';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { DEMO_SCENE } from '../../../../fixtures/bodies/demo.ts';
import { developed, plainCamera, takePhoto } from '../../../../fixtures/bodies/photo.ts';
import type { ExaminerLimits } from './examiner-limits.ts';
import { createPhotoExaminer, type PhotoExaminer } from './examiner-pool.ts';
import { photoExaminersOf } from './photo-examiners.fixture.ts';

const TAKES = { timeout: 60_000 };

let photo: Buffer;
beforeAll(async () => {
  const camera = plainCamera(DEMO_SCENE.body, { width: 660, height: 880 });
  photo = await takePhoto(DEMO_SCENE, camera, 'front').then(developed);
}, TAKES.timeout);

let examiner: PhotoExaminer;
async function started(limits: Partial<ExaminerLimits> = {}): Promise<void> {
  examiner = createPhotoExaminer({ processes: 1, ...limits });
  await examiner.ready;
}
afterEach(() => examiner.close());

const look = (angle: Angle, signal?: AbortSignal) =>
  examiner.look({ photo, angle, declaredType: null, copy: false }, signal);

/** Asks for the outline of the first photo while the second is looked at, and only then for a look at the third. */
async function order(): Promise<string[]> {
  const told: string[] = [];
  const tells = (what: string) => () => void told.push(what);
  const [first, second] = [look('front'), look('back')];
  second.then(tells('look 2'));
  const { outline } = await first;
  const outlined = outline().then(tells('outline 1'));
  await Promise.all([look('front').then(tells('look 3')), second, outlined]);
  return told;
}

it('looks at all photos that wait before it outlines one', TAKES, async () => {
  await started();
  expect(await order()).toEqual(['look 2', 'look 3', 'outline 1']);
});

it('outlines first where it keeps as many photos as it may', TAKES, async () => {
  await started({ figures: 1 });
  expect(await order()).toEqual(['look 2', 'outline 1', 'look 3']);
});

const pids = () => photoExaminersOf(process.pid);

describe.runIf(process.platform === 'linux')('a photo whose process has ended since the look', () => {
  it.each([
    ['at once', false],
    ['once another process has taken its place', true],
  ])('is outlined by another, %s', TAKES, async (_, isReplaced) => {
    await started();
    const whole = await examiner.examine({ photo, angle: 'front', declaredType: null, copy: false });
    const { outline } = await look('front');
    const [pid] = pids();
    process.kill(pid!, 'SIGKILL');
    if (isReplaced) {
      await vi.waitFor(() => expect(pids()).not.toContain(pid), 10_000);
      await vi.waitFor(() => expect(examiner.isHealthy()).toBe(true), 30_000);
    }
    const silhouette = await outline();
    expect(silhouette).toBeDefined();
    expect(silhouette).toEqual(whole.pose!.silhouette);
    expect(pids()).not.toContain(pid);
  });
});

it('outlines nobody once the scan is canceled, and goes on with others', TAKES, async () => {
  await started();
  const canceled = new AbortController();
  const { outline } = await look('front', canceled.signal);
  canceled.abort(new Error('canceled'));
  await expect(outline()).rejects.toThrow('canceled');
  const other = await look('front');
  other.release();
  expect(await other.outline()).toBeUndefined();
  expect(await (await look('front')).outline()).toBeDefined();
});
