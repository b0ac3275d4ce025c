import type { ScanEvent } from '@reddyfit/shared/scan/events';
import { eventOf } from '@reddyfit/shared/scan/scan-event';
import { expect, it } from 'vitest';
import type { ScanUpdate, ScanWritten } from './scan-store.ts';
import { createUpdateFirestore } from './update-firestore.ts';

const update = { scanId: 'scan-1', rev: 2, status: 'processing' } as ScanUpdate;
const told = [eventOf({ scanId: 'scan-1', userId: 'user-1' }, 'scan.processing', 'processing', 0)];

/** Runs the activity. Resolves with its answer, and with what it passed to the store and the topic, in order. */
async function write(answer: ScanWritten, publish: () => Promise<void> = async () => undefined) {
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
    20,
  );
  return { answer: await activity({ ...update, events: told }), asked };
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
