import type { ScanEvent } from '@reddyfit/shared/scan/events';
import { ScanPipelineError } from '@reddyfit/shared/errors';
import { eventOf } from '@reddyfit/shared/scan/scan-event';
import { expect, it } from 'vitest';
import type { ScanUpdate, ScanWritten } from './scan-store.ts';
import type { Afterwards } from './activities.ts';
import { type AfterwardsWork, createUpdateFirestore, NotHere } from './update-firestore.ts';

const update = { scanId: 'scan-1', rev: 2, status: 'processing' } as ScanUpdate;
const told = [eventOf({ scanId: 'scan-1', userId: 'user-1' }, 'scan.processing', 'processing', 0)];

const nothing = async () => undefined;
const DONE: AfterwardsWork = { sendNotification: nothing, rememberScan: nothing, hideKeptFaces: nothing };

const ref = { scanId: 'scan-1', userId: 'user-1' };
const AFTERWARDS = {
  sendNotification: { ...ref, status: 'completed' },
  rememberScan: { ...ref, createdAt: '2026-11-29T00:00:00Z' },
  hideKeptFaces: ref,
} as unknown as Afterwards;

/** Runs the activity. Resolves with its answer, and with what it passed to the store and the topic, in order. */
async function write(
  answer: ScanWritten,
  publish: () => Promise<void> = async () => undefined,
  {
    parts = DONE,
    afterwards,
    writeMs = 9000,
  }: { parts?: AfterwardsWork; afterwards?: Afterwards; writeMs?: number } = {},
) {
  const asked: unknown[] = [];
  const activity = createUpdateFirestore(
    {
      async apply(given) {
        asked.push(given);
        return answer;
      },
    },
    {
      publish(events: readonly ScanEvent[]) {
        asked.push(events);
        return publish();
      },
    },
    parts,
    { publishMs: 20, afterwardsMs: 20, writeMs },
  );
  return { answer: await activity({ ...update, events: told, ...(afterwards && { afterwards }) }), asked };
}

it('tells of a write once it is there, and writes nothing of the events', async () => {
  const { answer, asked } = await write({ outcome: 'applied' });
  expect(asked).toEqual([update, told]);
  expect(answer).toEqual({ outcome: 'applied' });
});

it.each(['stale', 'missing', 'unconsented'] as const)('tells nothing of one that was %s', async (outcome) => {
  const { answer, asked } = await write({ outcome });
  expect(asked).toEqual([update]);
  expect(answer).toEqual({ outcome });
});

it.each([
  ['refuses', () => Promise.reject(new Error('topic down'))],
  ['does not answer', () => new Promise<void>(() => undefined)],
])('is written, and says that the events are not out, when the topic %s', async (_, publish) => {
  const { answer } = await write({ outcome: 'applied' }, publish);
  expect(answer).toEqual({ outcome: 'applied', unpublished: true });
});

/** The answer about a scan's aftermath whose parts do as these say. */
const after = async (parts: Partial<AfterwardsWork>) =>
  (
    await write({ outcome: 'applied' }, undefined, {
      parts: { ...DONE, ...parts },
      afterwards: AFTERWARDS,
    })
  ).answer;

it("does what follows a scan's end once it is written, and not when it is not", async () => {
  const done: unknown[] = [];
  const noted = async (input: unknown) => void done.push(input);
  const parts = { sendNotification: noted, rememberScan: noted, hideKeptFaces: noted };
  expect(await after(parts)).toEqual({
    outcome: 'applied',
    done: ['sendNotification', 'rememberScan', 'hideKeptFaces'],
  });
  expect(done).toEqual([AFTERWARDS.sendNotification, AFTERWARDS.rememberScan, AFTERWARDS.hideKeptFaces]);
  await write({ outcome: 'stale' }, undefined, { parts, afterwards: AFTERWARDS });
  expect(done).toHaveLength(3);
});

it('a part that fails or hangs keeps no other from being done, and says how long it is to be left alone', async () => {
  const late: boolean[] = [];
  const answer = await after({
    sendNotification: async () => {
      throw new ScanPipelineError('InternalError', { retryAfterMs: 30_000 });
    },
    rememberScan: (_, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          late.push(signal.aborted);
          resolve();
        });
      }),
  });
  expect(answer).toEqual({
    outcome: 'applied',
    done: ['hideKeptFaces'],
    // What was late may still get through.
    waitMs: { sendNotification: 30_000, rememberScan: 11_000 },
  });
  expect(late).toEqual([true]);
});

it('what asks for no wait is left alone for a second, what asks for a week for an hour, and what is not done here at once', async () => {
  const answer = await after({
    sendNotification: () => Promise.reject(new Error('down')),
    rememberScan: () =>
      Promise.reject(new ScanPipelineError('InternalError', { retryAfterMs: 7 * 86_400_000 })),
    hideKeptFaces: () => Promise.reject(new NotHere()),
  });
  expect(answer).toEqual({
    outcome: 'applied',
    done: [],
    waitMs: { sendNotification: 1000, rememberScan: 3_600_000 },
  });
});

it('a write that took so long that another attempt may have made it leaves the aftermath to its activities', async () => {
  const done: unknown[] = [];
  const noted = async (input: unknown) => void done.push(input);
  const parts = { sendNotification: noted, rememberScan: noted, hideKeptFaces: noted };
  const { answer, asked } = await write({ outcome: 'applied' }, undefined, {
    parts,
    afterwards: AFTERWARDS,
    writeMs: 0,
  });
  expect(answer).toEqual({ outcome: 'applied' });
  expect(asked).toEqual([update, told]);
  expect(done).toEqual([]);
});
