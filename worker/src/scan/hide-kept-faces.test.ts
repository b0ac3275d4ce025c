/** When a scan's examinations are let go, now that its photos are replaced: nothing may need them after that. */

import { ANGLES } from '@reddyfit/shared/scan/photos';
import { expect, it } from 'vitest';
import type { Examinations } from '../body/vision/examination.ts';
import { createHideKeptFaces } from './hide-kept-faces.ts';
import type { AfterwardsWork } from './update-firestore.ts';

const copy = Buffer.from('a copy in which nobody can be recognised');
const examined = Object.fromEntries(
  ANGLES.map((angle) => [angle, { issues: [], copy }]),
) as unknown as Examinations;
const input = {
  scanId: 'scan-1',
  userId: 'user-1',
  photoUrls: Object.fromEntries(ANGLES.map((angle) => [angle, `gs://photos/${angle}`])),
} as unknown as Parameters<AfterwardsWork['hideKeptFaces']>[0];

/** Hides the faces in a scan's photos with a store that does this for each. Answers with what was replaced and let go. */
async function hide(
  store: () => Promise<void>,
  { hidden = true, signal = new AbortController().signal } = {},
) {
  const done = { replaced: [] as string[], forgotten: [] as string[] };
  const activity = createHideKeptFaces(
    { of: async () => examined, forget: (scanId) => void done.forgotten.push(scanId) },
    {
      keepCopy: async (url) => {
        await store();
        done.replaced.push(url);
      },
    },
    hidden,
  );
  const failed = await activity(input, signal).then(
    () => false,
    () => true,
  );
  return { ...done, replaced: done.replaced.length, failed };
}

const nothing = async () => undefined;

it('lets the examinations of a scan go once all its photos are replaced', async () => {
  expect(await hide(nothing)).toEqual({ replaced: 4, forgotten: ['scan-1'], failed: false });
});

it('keeps them when it was late, since its own activity does it once more', async () => {
  const late = new AbortController();
  const store = async () => late.abort();
  expect(await hide(store, { signal: late.signal })).toEqual({ replaced: 4, forgotten: [], failed: false });
});

it('keeps them when a photo could not be replaced', async () => {
  const store = () => Promise.reject(new Error('bucket down'));
  expect(await hide(store)).toEqual({ replaced: 0, forgotten: [], failed: true });
});

it('does nothing where faces are not hidden', async () => {
  expect(await hide(nothing, { hidden: false })).toEqual({ replaced: 0, forgotten: [], failed: false });
});
