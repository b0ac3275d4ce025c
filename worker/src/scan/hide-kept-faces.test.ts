/** When a scan's examinations are let go, now that its photos are replaced: nothing may need them after that. */

import { type Angle, ANGLES } from '@reddyfit/shared/scan/photos';
import { expect, it } from 'vitest';
import type { Examinations } from '../body/vision/examination.ts';
import { createHideKeptFaces } from './hide-kept-faces.ts';
import type { AfterwardsWork } from './update-firestore.ts';

const copy = Buffer.from('a copy in which nobody can be recognised');
const pose = { width: 900, height: 1200, people: [] };
const examinedBut = (...overlooked: Angle[]) =>
  Object.fromEntries(
    ANGLES.map((angle) => [angle, { issues: [], pose, ...(!overlooked.includes(angle) && { copy }) }]),
  ) as unknown as Examinations;
const input = {
  scanId: 'scan-1',
  userId: 'user-1',
  photoUrls: Object.fromEntries(ANGLES.map((angle) => [angle, `gs://photos/${angle}`])),
} as unknown as Parameters<AfterwardsWork['hideKeptFaces']>[0];

/** Hides the faces in a scan's photos with a store that does this for each. Answers with what was replaced and let go. */
async function hide(
  store: () => Promise<void>,
  { hidden = true, signal = new AbortController().signal, examined = examinedBut() } = {},
) {
  const done = { replaced: [] as string[], deleted: [] as string[], forgotten: [] as string[] };
  const activity = createHideKeptFaces(
    { of: async () => examined, forget: (scanId) => void done.forgotten.push(scanId) },
    {
      keepCopy: async (url) => {
        await store();
        done.replaced.push(url);
      },
      deleteOriginal: async (url) => void done.deleted.push(url),
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
  expect(await hide(nothing)).toMatchObject({
    replaced: 4,
    deleted: [],
    forgotten: ['scan-1'],
    failed: false,
  });
});

it('deletes a photo in which nobody is found, since somebody may be in it all the same', async () => {
  const done = await hide(nothing, { examined: examinedBut('left') });
  expect(done).toMatchObject({ replaced: 3, deleted: ['gs://photos/left'], forgotten: ['scan-1'] });
  const gone = { ...examinedBut(), left: { issues: [] } } as unknown as Examinations;
  expect(await hide(nothing, { examined: gone })).toMatchObject({ replaced: 3, deleted: [] });
});

it('keeps them when it was late, since its own activity does it once more', async () => {
  const late = new AbortController();
  const store = async () => late.abort();
  expect(await hide(store, { signal: late.signal })).toMatchObject({
    replaced: 4,
    deleted: [],
    forgotten: [],
    failed: false,
  });
});

it('keeps them when a photo could not be replaced', async () => {
  const store = () => Promise.reject(new Error('bucket down'));
  expect(await hide(store)).toMatchObject({ replaced: 0, deleted: [], forgotten: [], failed: true });
});

it('does nothing where faces are not hidden', async () => {
  expect(await hide(nothing, { hidden: false })).toMatchObject({
    replaced: 0,
    deleted: [],
    forgotten: [],
    failed: false,
  });
});
