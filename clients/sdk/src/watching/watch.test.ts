import { DAY_MS } from '@reddyfit/shared/durations';
import type { Scan } from '@reddyfit/shared/scan/document';
import { CRITICAL_PATH_SECONDS } from '@reddyfit/shared/scan/progress';
import { STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clientError } from '../client-error.ts';
import { type Heard, type ScanSource, watchScan, type WatchSettings } from './watch.ts';
import { testWake } from './wake.fixture.ts';

const START = Date.parse('2026-11-29T12:00:00Z');

beforeEach(() => void vi.useFakeTimers({ now: START }));
afterEach(() => void vi.useRealTimers());

const at = (ms: number) => ({ seconds: Math.floor(ms / 1000), nanoseconds: 0, toMillis: () => ms });

/** A document of the server. `changes` may contain steps. */
function scanOf(rev: number, status: Scan['status'], changes: Partial<Scan> = {}): Scan {
  const steps = Object.fromEntries(STEP_NAMES.map((name) => [name, { state: 'pending', attempt: 0 }]));
  return {
    userId: 'u',
    photoUrls: { front: 'f', back: 'b', left: 'l', right: 'r' },
    weightLb: 150,
    createdAt: at(START),
    updatedAt: at(Date.now()),
    status,
    steps: steps as Scan['steps'],
    ...(rev > 0 && { rev }),
    ...changes,
  };
}

/** A server, a network and an app that the test controls. */
function stage() {
  const listeners = new Set<{ hear: (heard: Heard) => void; fail: Parameters<ScanSource['listen']>[2] }>();
  const { wake, state: network, wakeUp } = testWake();
  const state = { server: null as Scan | null | 'hangs' | 'away' | 'busy' | 'late', listens: 0, reads: 0 };
  const source: ScanSource = {
    listen(_, hear, fail) {
      const listener = { hear, fail };
      listeners.add(listener);
      state.listens += 1;
      return () => void listeners.delete(listener);
    },
    read() {
      state.reads += 1;
      if (state.server === 'hangs') return new Promise(() => undefined);
      if (state.server === 'busy')
        return Promise.reject(clientError('calls', 'InternalError', { locale: 'en' }));
      if (state.server === 'late')
        return new Promise((_, reject) => {
          setTimeout(() => reject(clientError('calls', 'UnavailableError', { locale: 'en' })), 9000);
        });
      if (state.server === 'away')
        return Promise.reject(clientError('calls', 'UnavailableError', { locale: 'en' }));
      return Promise.resolve(state.server);
    },
  };
  return {
    network,
    state,
    source,
    wake,
    /** Sets the server's document and reports it to all listeners. */
    tell(scan: Scan | null, fromServer = true) {
      if (fromServer) state.server = scan;
      for (const { hear } of listeners) hear({ scan, fromServer });
    },
    fail: (error: Parameters<Parameters<ScanSource['listen']>[2]>[0]) =>
      listeners.forEach(({ fail }) => fail(error)),
    /** The listeners end without an error. */
    die: () => listeners.clear(),
    comeBack: wakeUp,
    get listening() {
      return listeners.size;
    },
  };
}

/** A watched scan, with its phases in the order in which they appeared. */
function watched(
  options: {
    onFinished?: (scan: Scan) => void;
    now?: () => number;
    times?: NonNullable<WatchSettings['times']>;
  } = {},
) {
  const world = stage();
  const watch = watchScan('s1', { source: world.source, wake: world.wake, ...options });
  const phases: string[] = [];
  const stop = watch.subscribe(() => {
    const { phase } = watch.getSnapshot();
    if (phases.at(-1) !== phase) phases.push(phase);
  });
  return { world, watch, phases, stop };
}

it('shows what the server tells, and never a status going back', () => {
  const { world, watch, phases } = watched();
  expect(watch.getSnapshot()).toMatchObject({ phase: 'loading', connection: 'live', lastServerAt: null });
  world.tell(null);
  world.tell(scanOf(0, 'submitted'));
  world.tell(scanOf(2, 'processing'));
  // A late answer, a report from the cache, and a repetition.
  world.tell(scanOf(1, 'queued'));
  world.tell(scanOf(0, 'submitted'), false);
  world.tell(scanOf(2, 'processing'));
  world.tell(scanOf(9, 'completed'));
  world.tell(scanOf(8, 'processing'));
  expect(phases).toEqual(['missing', 'submitted', 'processing', 'completed']);
  expect(watch.getSnapshot()).toMatchObject({ connection: 'live', lastServerAt: START, scan: { rev: 9 } });
});

it('tells of the end once, from the document, also when an ended scan changes again', async () => {
  const onFinished = vi.fn<(scan: Scan) => void>();
  const { world, watch } = watched({ onFinished });
  const finished = watch.finished();
  world.tell(scanOf(8, 'completed'), false);
  world.tell(scanOf(8, 'completed'));
  world.tell(scanOf(9, 'completed'));
  await expect(finished).resolves.toMatchObject({ rev: 8 });
  expect(onFinished.mock.calls.map(([scan]) => scan.rev)).toEqual([8]);
  expect(watch.getSnapshot().scan?.rev).toBe(9);
});

it('goes on with a status, a state and a step that a later server has, and without one that an earlier had not', async () => {
  const onFinished = vi.fn<(scan: Scan) => void>();
  const { world, watch, phases } = watched({ onFinished });
  const { workout: _, qualityCheck, ...others } = scanOf(1, 'processing').steps!;
  const done = {
    ...qualityCheck,
    state: 'completed',
    attempt: 1,
    startedAt: at(START - 9000),
    completedAt: at(START),
  };
  const steps = {
    ...others,
    qualityCheck: done,
    estimation: { state: 'resting', attempt: 1 },
    posture: done,
  };
  const later = { status: 'paused', steps } as unknown as Partial<Scan>;
  world.tell(scanOf(3, 'processing', later));
  vi.advanceTimersByTime(2000);
  expect(watch.getSnapshot()).toMatchObject({ phase: 'paused', connection: 'live' });
  expect(onFinished).not.toHaveBeenCalled();
  world.tell(
    scanOf(4, 'processing', { ...later, status: 'expired' as never, completedAt: at(START + 2000) }),
  );
  await expect(watch.finished()).resolves.toMatchObject({ status: 'expired' });
  expect(onFinished).toHaveBeenCalledOnce();
  expect(phases).toEqual(['paused', 'expired']);
  expect(watch.getSnapshot().etaSeconds).toBeNull();
});

it('keeps its snapshot until something changes', () => {
  const { world, watch } = watched();
  const scan = scanOf(2, 'processing');
  world.tell(scan);
  const before = watch.getSnapshot();
  vi.advanceTimersByTime(5000);
  expect(watch.getSnapshot()).toBe(before);
});

describe('a listener that dies', () => {
  it('is noticed when it is quiet: the server is asked, and listened to again', async () => {
    const { world, watch } = watched();
    world.tell(scanOf(2, 'processing'));
    world.die();
    world.state.server = scanOf(3, 'processing');
    await vi.advanceTimersByTimeAsync(16_000);
    expect(watch.getSnapshot()).toMatchObject({ scan: { rev: 3 }, connection: 'live' });
    expect(world.listening).toBe(1);
    world.tell(scanOf(4, 'completed'));
    expect(watch.getSnapshot().phase).toBe('completed');
  });

  it('in the background is replaced when the app comes back', async () => {
    const { world, watch } = watched();
    world.tell(scanOf(2, 'processing'));
    world.die();
    // In the background timers stop, but the clock continues.
    vi.setSystemTime(START + 5 * 60_000);
    world.state.server = scanOf(7, 'completed');
    world.comeBack();
    await vi.advanceTimersByTimeAsync(0);
    expect(watch.getSnapshot()).toMatchObject({ phase: 'completed', connection: 'live' });
    expect(world.listening).toBe(1);
  });
});

describe('what is shown is', () => {
  it('stale when the server has not been heard for 30 s, until it is', async () => {
    const { world, watch } = watched();
    world.tell(scanOf(2, 'processing'));
    world.state.server = 'hangs';
    await vi.advanceTimersByTimeAsync(31_000);
    expect(watch.getSnapshot()).toMatchObject({ lastServerAt: START });
    expect(watch.getSnapshot().connection).not.toBe('live');
    world.tell(scanOf(3, 'processing'));
    expect(watch.getSnapshot()).toMatchObject({ connection: 'live', lastServerAt: START + 31_000 });
  });

  it('live in the first 30 s without a word, then stale, and offline where there is no network', async () => {
    // No question is asked meanwhile, of which a missing answer would say `offline`.
    const { world, watch } = watched({ times: { askAfterMs: 60_000 } });
    await vi.advanceTimersByTimeAsync(29_000);
    expect(watch.getSnapshot()).toMatchObject({ connection: 'live', lastServerAt: null });
    world.tell(scanOf(9, 'completed'), false);
    // What the cache says of an ended scan is no word of the server.
    await vi.advanceTimersByTimeAsync(2000);
    expect(watch.getSnapshot()).toMatchObject({ connection: 'stale', lastServerAt: null });
    world.network.online = false;
    const dark = watchScan('s2', { source: world.source, wake: world.wake });
    expect(dark.getSnapshot().connection).toBe('offline');
  });

  it('offline when the device says so, and when the server cannot be reached', async () => {
    const { world, watch } = watched();
    world.tell(scanOf(2, 'processing'));
    world.network.online = false;
    world.comeBack();
    expect(watch.getSnapshot().connection).toBe('offline');
    world.network.online = true;
    world.comeBack();
    await vi.advanceTimersByTimeAsync(0);
    expect(watch.getSnapshot().connection).toBe('live');
    world.state.server = 'away';
    await watch.refresh();
    expect(watch.getSnapshot()).toMatchObject({ connection: 'offline', phase: 'processing', error: null });
  });

  it('live when the listener heard the server while a question found no answer', async () => {
    const { world, watch } = watched();
    world.tell(scanOf(2, 'processing'));
    world.state.server = 'late';
    const asked = watch.refresh();
    await vi.advanceTimersByTimeAsync(5000);
    world.tell(scanOf(3, 'processing'));
    world.state.server = 'late';
    await vi.advanceTimersByTimeAsync(5000);
    await asked;
    expect(watch.getSnapshot().connection).toBe('live');
  });

  it('offline, and not at an end, when the server answers a question with an error of its own', async () => {
    const { world, watch } = watched();
    world.tell(scanOf(2, 'processing'));
    world.state.server = 'busy';
    await watch.refresh();
    expect(watch.getSnapshot()).toMatchObject({ connection: 'offline', error: null });
    world.tell(scanOf(3, 'completed'));
    expect(watch.getSnapshot()).toMatchObject({ connection: 'live', phase: 'completed' });
  });

  it('never stale once the scan has ended', async () => {
    const { world, watch } = watched();
    world.tell(scanOf(5, 'completed'));
    const { reads } = world.state;
    await vi.advanceTimersByTimeAsync(300_000);
    expect(watch.getSnapshot().connection).toBe('live');
    expect(world.state.reads).toBe(reads);
  });
});

it('asks at most every 15 s while nobody answers', async () => {
  const { world } = watched();
  world.tell(scanOf(2, 'processing'));
  world.state.server = 'away';
  await vi.advanceTimersByTimeAsync(61_000);
  expect(world.state.reads).toBe(4);
});

it('says that a scan may not be read, and asks no more', async () => {
  const { world, watch } = watched();
  const finished = watch.finished();
  world.fail(clientError('calls', 'ScanNotFoundError', { locale: 'de-DE' }));
  await expect(finished).rejects.toMatchObject({ code: 'ScanNotFoundError' });
  expect(watch.getSnapshot().error).toMatchObject({
    message: expect.stringMatching(/Scan/),
    retryable: false,
  });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(world.state.reads).toBe(0);
});

it('listens while somebody subscribes, and ends with its promises when it is closed', async () => {
  const { world, watch, stop } = watched();
  expect(world.listening).toBe(1);
  stop();
  expect(world.listening).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
  watch.subscribe(() => undefined);
  expect(world.listening).toBe(1);
  const finished = watch.finished();
  watch.close();
  await expect(finished).rejects.toMatchObject({ name: 'AbortError' });
  expect([world.listening, vi.getTimerCount()]).toEqual([0, 0]);
});

it('shows attempts and waits of steps', () => {
  const { world, watch } = watched();
  const { steps } = scanOf(1, 'processing');
  const estimation = { state: 'retrying' as const, attempt: 2, nextRetryAt: at(START + 4000) };
  world.tell(scanOf(3, 'processing', { steps: { ...steps!, estimation } }));
  expect(watch.getSnapshot().attempt).toBe(2);
});

describe('the time left', () => {
  const running = (begun: number): Partial<Scan> => ({
    steps: {
      ...scanOf(1, 'processing').steps!,
      qualityCheck: { state: 'completed', attempt: 1, startedAt: at(begun), completedAt: at(begun + 15_000) },
      estimation: { state: 'running', attempt: 1, startedAt: at(begun) },
    },
  });

  it.each([
    ['right', 0],
    ['a day fast', DAY_MS],
    ['a day slow', -DAY_MS],
  ])('is the same on a phone whose clock is %s', (_, wrongBy) => {
    const { world, watch } = watched({ now: () => Date.now() + wrongBy });
    world.tell(scanOf(2, 'processing'));
    vi.advanceTimersByTime(1000);
    world.tell(scanOf(3, 'processing', running(START - 20_000)));
    // Half the nominal times: estimation 60, delta 15, insights 30 s, less the 21 s that estimation has run.
    expect(watch.getSnapshot()).toMatchObject({ etaSeconds: 84, serverLeadMs: 0 - wrongBy });
    vi.advanceTimersByTime(10_000);
    expect(watch.getSnapshot().etaSeconds).toBe(74);
  });

  it('does not rise as slower steps complete, and tells the wait of a new attempt', () => {
    const { world, watch } = watched();
    const { qualityCheck, ...others } = running(START - 20_000).steps!;
    const hydration = {
      state: 'completed' as const,
      attempt: 1,
      startedAt: at(START - 20_000),
      completedAt: at(START - 18_000),
    };
    world.tell(
      scanOf(3, 'processing', {
        steps: { ...others, qualityCheck: { ...qualityCheck, state: 'running' }, hydration },
      }),
    );
    const first = watch.getSnapshot().etaSeconds!;
    world.tell(scanOf(4, 'processing', { steps: { ...others, qualityCheck, hydration } }));
    expect(watch.getSnapshot().etaSeconds).toBe(first);
    const estimation = { ...others.estimation, state: 'retrying' as const, nextRetryAt: at(START + 30_000) };
    world.tell(scanOf(5, 'processing', { steps: { ...others, qualityCheck, hydration, estimation } }));
    expect(watch.getSnapshot().etaSeconds).toBeGreaterThan(first + 30);
  });

  it('tells how long a scan waits for others, counted down by the clock, until it begins', () => {
    const { world, watch } = watched();
    const busy = {
      startsAt: at(START + 150_000),
      message: 'Busy.',
      messageCode: 'busy',
      params: { minutes: 3 },
    };
    world.tell(scanOf(1, 'queued', { busy, updatedAt: at(START) }));
    expect(watch.getSnapshot()).toMatchObject({ busyMinutes: 3, etaSeconds: 150 + CRITICAL_PATH_SECONDS });
    vi.advanceTimersByTime(61_000);
    expect(watch.getSnapshot()).toMatchObject({ busyMinutes: 2, etaSeconds: 89 + CRITICAL_PATH_SECONDS });
    // When it takes longer than expected, it still waits.
    vi.advanceTimersByTime(200_000);
    expect(watch.getSnapshot().busyMinutes).toBe(1);
    // A worker of an earlier build leaves the field there.
    world.tell(scanOf(2, 'processing', { ...running(Date.now()), busy }));
    expect(watch.getSnapshot().busyMinutes).toBeNull();
  });

  it('is learned anew once a scan that waited has begun, and may then be longer', () => {
    const { world, watch } = watched();
    const busy = { startsAt: at(START), message: 'Busy.', messageCode: 'busy', params: { minutes: 1 } };
    const { estimation, qualityCheck, ...others } = running(START - 60_000).steps!;
    const slow = { ...qualityCheck, completedAt: at(START) };
    const pending = { state: 'pending' as const, attempt: 0 };
    world.tell(
      scanOf(2, 'processing', { steps: { ...others, qualityCheck: slow, estimation: pending }, busy }),
    );
    expect(watch.getSnapshot()).toMatchObject({ busyMinutes: 1, etaSeconds: CRITICAL_PATH_SECONDS });
    // The quality check took twice its nominal time.
    const begun = { ...estimation, startedAt: at(START) };
    world.tell(scanOf(3, 'processing', { steps: { ...others, qualityCheck: slow, estimation: begun } }));
    expect(watch.getSnapshot()).toMatchObject({ busyMinutes: null, etaSeconds: 2 * CRITICAL_PATH_SECONDS });
  });

  it('does not take an old document for a wrong clock', () => {
    const { world, watch } = watched();
    world.tell(scanOf(3, 'processing', { ...running(START - 20_000), updatedAt: at(START - 5000) }));
    expect(watch.getSnapshot().etaSeconds).toBe(85);
  });

  it.each([
    ['that the cache knew first', 0],
    ['that comes after a silence', 60_000],
  ])('does not take a document %s for one of this moment', (_, silence) => {
    const { world, watch } = watched();
    const before = scanOf(2, 'processing', { updatedAt: at(START - 5000) });
    // A listener that loses its connection reports the cache's document, unless the device was asleep.
    world.tell(before, silence > 0);
    world.state.server = 'hangs';
    vi.advanceTimersByTime(silence);
    const now = START + silence;
    world.tell(scanOf(3, 'processing', { ...running(now - 20_000), updatedAt: at(now - 5000) }));
    expect(watch.getSnapshot().etaSeconds).toBe(85);
  });
});
