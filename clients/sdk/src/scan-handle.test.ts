/** What a handle tells of the connection while a scan is sent. */

import { ANGLES, type Angle } from '@reddyfit/shared/names/angles';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { clientError } from './client-error.ts';
import type { Draft } from './sending/drafts.ts';
import { scanHandle } from './scan-handle.ts';
import type { SendDraft } from './sending/send-draft.ts';
import { type ScanSource, WATCH_TIMES, watchScan } from './watching/watch.ts';
import { testWake } from './watching/wake.fixture.ts';

const START = Date.parse('2026-11-29T12:00:00Z');
const HOUR_MS = 3_600_000;

beforeEach(() => void vi.useFakeTimers({ now: START }));
afterEach(() => void vi.useRealTimers());

type Report = Parameters<SendDraft['onProgress']>[0];

/** A server that never says a word of a scan. */
const SILENT: ScanSource = {
  listen: () => () => undefined,
  read: () => new Promise(() => undefined),
};

/** A handle whose sending the test reports. */
async function sending() {
  const { wake, state, wakeUp } = testWake();
  let report: (progress: Report) => void = () => undefined;
  const sent = Promise.withResolvers<string>();
  let jump = 0;
  const handle = scanHandle({
    draft: async () => ({}) as Draft,
    send: (_draft, _signal, told) => {
      report = told;
      return sent.promise;
    },
    watch: (scanId) => watchScan(scanId, { source: SILENT, wake, times: { askAfterMs: 60_000 } }),
    wake,
    now: () => Date.now() + jump,
    times: WATCH_TIMES,
    asError: () => clientError('calls', 'UnavailableError', { locale: 'en' }),
  });
  await vi.advanceTimersByTimeAsync(0);
  return {
    handle,
    sent,
    connection: () => handle.getSnapshot().connection,
    jumpTo: (ms: number) => void (jump = ms),
    setOnline(online: boolean) {
      state.online = online;
      wakeUp();
    },
    tell: (sentBytes: number, arrived: readonly Angle[] = [], changes: Partial<Report> = {}) =>
      report({
        phase: 'uploading',
        scanId: 'scan-1',
        attempt: 1,
        upload: { sentBytes, totalBytes: 400, arrived },
        ...changes,
      }),
  };
}

it('is stale once nothing has got on for 30 s, and live when something has', async () => {
  const { tell, connection, handle } = await sending();
  tell(100, ['back']);
  expect(handle.getSnapshot(), 'that is from the ledger').toMatchObject({
    connection: 'live',
    lastServerAt: null,
  });
  await vi.advanceTimersByTimeAsync(29_000);
  expect(connection()).toBe('live');
  await vi.advanceTimersByTimeAsync(2000);
  expect(connection()).toBe('stale');
  // A further attempt that comes as far as the first has shown nothing.
  tell(0, ['back'], { attempt: 2 });
  tell(100, ['back'], { attempt: 2 });
  expect(connection()).toBe('stale');
  tell(101, ['back'], { attempt: 2 });
  expect(connection()).toBe('live');
  await vi.advanceTimersByTimeAsync(31_000);
  tell(101, ['back', 'front']);
  expect(handle.getSnapshot()).toMatchObject({ connection: 'live', lastServerAt: Date.now() });
});

it('stays live when the scan is submitted, until the server has said nothing for 30 s', async () => {
  const { tell, sent, handle, connection } = await sending();
  const seen: string[] = [connection()];
  handle.subscribe(() => seen.push(connection()));
  tell(200, ['back']);
  tell(400, ANGLES);
  sent.resolve('scan-1');
  await handle.submitted;
  await vi.advanceTimersByTimeAsync(29_000);
  expect(handle.getSnapshot()).toMatchObject({ phase: 'submitted', lastServerAt: START });
  expect(new Set(seen)).toEqual(new Set(['live']));
  await vi.advanceTimersByTimeAsync(2000);
  expect(connection()).toBe('stale');
  handle.close();
});

it('is offline as soon as the device says so, and is not when the network is back', async () => {
  const { tell, connection, setOnline } = await sending();
  tell(100);
  setOnline(false);
  expect(connection()).toBe('offline');
  setOnline(true);
  expect(connection()).toBe('live');
});

it('is stale after 30 s on a document that is not taken, and on a clock that was set back', async () => {
  const { tell, connection, jumpTo } = await sending();
  tell(400, ANGLES);
  tell(400, ANGLES, { phase: 'submitting' });
  jumpTo(-HOUR_MS);
  await vi.advanceTimersByTimeAsync(1000);
  expect(connection()).toBe('live');
  await vi.advanceTimersByTimeAsync(31_000);
  expect(connection()).toBe('stale');
});

it.each(['sent', 'refused', 'closed'])('leaves no timer behind when it is %s', async (how) => {
  const { tell, sent, handle, setOnline } = await sending();
  tell(100);
  if (how === 'sent') sent.resolve('scan-1');
  else sent.reject(new Error(how));
  if (how === 'closed') handle.close();
  await handle.submitted.catch(() => undefined);
  expect(vi.getTimerCount()).toBe(0);
  const before = handle.getSnapshot();
  setOnline(false);
  expect(handle.getSnapshot()).toBe(before);
});
