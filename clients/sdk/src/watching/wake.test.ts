/** The browser's own events, and what a watch does on each of them. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { browserWake } from './wake.ts';
import { type ScanSource, watchScan } from './watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A page whose events a test fires, and a watch on it whose listener has died in silence. */
function page() {
  const window = new EventTarget();
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const navigator = { onLine: true };
  const seen = { reads: 0, listens: 0 };
  const source: ScanSource = {
    listen(_, onHeard) {
      seen.listens += 1;
      if (seen.listens === 1) onHeard({ scan: null, fromServer: true });
      return () => undefined;
    },
    read() {
      seen.reads += 1;
      return Promise.resolve(null);
    },
  };
  const watch = watchScan('s1', { source, wake: browserWake({ window, document, navigator }) });
  const stop = watch.subscribe(() => undefined);
  return { window, document, navigator, seen, watch, stop };
}

it.each([
  ['visibilitychange', 'document'],
  ['pageshow', 'window'],
  ['online', 'window'],
] as const)(
  'on %s the server is read, and listened to again where nothing was heard for a while',
  async (type, on) => {
    const { seen, stop, ...targets } = page();
    expect(seen).toEqual({ reads: 0, listens: 1 });
    targets[on].dispatchEvent(new Event(type));
    await vi.advanceTimersByTimeAsync(0);
    expect(seen, 'the listener was heard a moment ago').toEqual({ reads: 1, listens: 1 });
    // In the background timers stop, but the clock continues.
    vi.setSystemTime(Date.now() + 60_000);
    targets[on].dispatchEvent(new Event(type));
    await vi.advanceTimersByTimeAsync(0);
    expect(seen).toEqual({ reads: 2, listens: 2 });
    stop();
    targets[on].dispatchEvent(new Event(type));
    await vi.advanceTimersByTimeAsync(0);
    expect(seen).toEqual({ reads: 2, listens: 2 });
  },
);

it('a page that goes into the background asks nothing', async () => {
  const { document, seen } = page();
  document.visibilityState = 'hidden';
  document.dispatchEvent(new Event('visibilitychange'));
  await vi.advanceTimersByTimeAsync(0);
  expect(seen.reads).toBe(0);
});

it('the loss of the network is shown at once', () => {
  const { window, navigator, watch } = page();
  navigator.onLine = false;
  window.dispatchEvent(new Event('offline'));
  expect(watch.getSnapshot().connection).toBe('offline');
});
