/** Watches one scan: listens, asks the server when the listener is quiet, and reports how old the snapshot is. */

import type { Scan } from '@reddyfit/shared/scan/document';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import { within } from '@reddyfit/shared/within';
import { ClosedError, type ReddyFitError } from '../client-error.ts';
import { serverClock } from './server-clock.ts';
import { attemptOf, NOTHING_YET, type ScanSnapshot } from './snapshot.ts';
import { createStore } from '../store.ts';
import { attemptsOf, steadyTimeLeft, timeLeftMs, waitMs } from './time-left.ts';
import type { Wake } from './wake.ts';

/** A report about a scan: its document, or null when there is none. */
export interface Heard {
  readonly scan: Scan | null;
  /** False when the report comes from the device's own cache. */
  readonly fromServer: boolean;
}

/** Where scans are read. Errors are ReddyFitErrors. */
export interface ScanSource {
  /**
   * Calls `onHeard` with the document as it is and after each change, until the returned function or `onError` is
   * called.
   */
  listen(
    scanId: string,
    onHeard: (heard: Heard) => void,
    onError: (error: ReddyFitError) => void,
  ): () => void;
  /** Reads from the server, never from a cache. Rejects with UnavailableError when the server cannot be reached. */
  read(scanId: string): Promise<Scan | null>;
}

/** Times of a watch (ms). */
export const WATCH_TIMES = {
  /**
   * After this long without a report, the server is asked whether anything changed: a listener may have died silently.
   */
  askAfterMs: 15_000,
  /** After this long without hearing from the server, the snapshot is `stale`. */
  staleAfterMs: 30_000,
  /** An answer that takes longer is ignored. */
  answerWithinMs: 10_000,
  tickMs: 1000,
} as const;

/** The difference between the clocks, as documents tell it, varies by less than this (ms): they travel for unequal times. */
const CLOCK_JITTER_MS = 5000;

export interface WatchOptions {
  /** Called once, with the document of the ended scan. Not called again when a step of an ended scan runs again. */
  readonly onFinished?: ((scan: Scan) => void) | undefined;
}

/**
 * A watched scan. It listens while it has subscribers; with `onFinished`, or after a call of `finished`, until `close`.
 */
export interface ScanWatch {
  /** The latest state; the same object until something changes. */
  getSnapshot(): ScanSnapshot;
  /** Calls `listener` after each change. Returns a function that stops this. */
  subscribe(listener: () => void): () => void;
  /**
   * Reads the scan from the server now, and listens anew when the listener had missed something. Never rejects:
   * `connection` tells whether it worked.
   */
  refresh(): Promise<void>;
  /**
   * Resolves with the document of the ended scan. Rejects with ReddyFitError ScanNotFoundError or SignInRequiredError
   * when the scan may not be read, and with ClosedError.
   */
  finished(): Promise<Scan>;
  /** Stops for good. A second call does nothing. */
  close(): void;
}

export interface WatchSettings extends WatchOptions {
  readonly source: ScanSource;
  readonly wake: Wake;
  /** The device's clock (ms since 1970). */
  readonly now?: () => number;
  readonly times?: Partial<Record<keyof typeof WATCH_TIMES, number>>;
}

/** Watches `scans/{scanId}`, which need not exist yet. */
export function watchScan(scanId: string, settings: WatchSettings): ScanWatch {
  const { source, wake, onFinished, now = Date.now } = settings;
  const times = { ...WATCH_TIMES, ...settings.times };
  const clock = serverClock();
  let steady = steadyTimeLeft();
  let stopListening: (() => void) | undefined;
  let stopWaking: (() => void) | undefined;
  let ticking: ReturnType<typeof setInterval> | undefined;
  let asking: Promise<void> | undefined;
  let closed = false;
  let running = false;
  let told = false;
  /** The last time the server was heard, by the device's clock, which may be set back meanwhile. */
  let quietSince = now();
  let askedAt = quietSince;
  let unreachable = false;
  let ended: { resolve: (scan: Scan) => void; reject: (error: Error) => void } | undefined;
  let end: Promise<Scan> | undefined;

  const connection = wake.isOnline() ? 'live' : 'offline';
  const store = createStore<ScanSnapshot>({ ...NOTHING_YET, scanId, connection }, (count) =>
    count > 0 || onFinished || end ? start() : stop(),
  );

  function start(): void {
    if (running || closed) return;
    running = true;
    if (store.getSnapshot().lastServerAt === null) quietSince = now();
    listen();
    show();
    stopWaking = wake.subscribe(() => {
      if (!wake.isOnline()) return show();
      // A listener may have died without an error while the device slept.
      if (now() - quietSince >= times.askAfterMs) listen();
      void ask();
    });
    ticking = setInterval(tick, times.tickMs);
  }

  function stop(): void {
    if (!running) return;
    running = false;
    stopListening?.();
    stopWaking?.();
    clearInterval(ticking);
    stopListening = stopWaking = ticking = undefined;
  }

  function listen(): void {
    stopListening?.();
    // A document that follows one from the cache, or a silence, may have been written long ago.
    let live = false;
    stopListening = source.listen(
      scanId,
      (heard) => {
        hear(heard, { fresh: live && now() - quietSince < times.staleAfterMs });
        live = heard.fromServer;
      },
      (error) => {
        stopListening = undefined;
        refused(error);
      },
    );
  }

  /** Takes a report if it is not older than the snapshot. Returns whether it tells of a higher `rev` or of a deletion. */
  function hear({ scan, fromServer }: Heard, { fresh }: { fresh: boolean }): boolean {
    if (closed) return false;
    const before = store.getSnapshot().scan;
    if (fromServer) {
      quietSince = now();
      unreachable = false;
    }
    const lastServerAt = fromServer ? { lastServerAt: now() } : {};
    const gone = scan === null && fromServer;
    const newer = scan !== null && isNewer(scan, before, fromServer);
    if (newer && scan.updatedAt) {
      const difference = clock.at(0);
      clock.heard(scan.updatedAt.toMillis(), now(), fresh && fromServer);
      // What was estimated by a wrong clock must not hold the estimate down.
      if (Math.abs(clock.at(0) - difference) > CLOCK_JITTER_MS) steady = steadyTimeLeft();
    }
    if (gone) store.update({ ...lastServerAt, scan: null, phase: 'missing', error: null, attempt: 0 });
    else if (newer)
      store.update({ ...lastServerAt, scan, phase: scan.status, error: null, attempt: attemptOf(scan) });
    else store.update(lastServerAt);
    show();
    if (newer && hasEnded(scan)) finish(scan);
    return gone ? before !== null : newer && (scan.rev ?? 0) > (before?.rev ?? 0);
  }

  function finish(scan: Scan): void {
    if (!told) onFinished?.(scan);
    told = true;
    ended?.resolve(scan);
  }

  function lost(): void {
    if (closed) return;
    unreachable = true;
    show();
  }

  function refused(error: ReddyFitError): void {
    if (closed) return;
    if (error.code === 'UnavailableError') return lost();
    // Asking again would give the same answer.
    stop();
    store.update({ error });
    ended?.reject(error);
  }

  /** Reads the scan from the server, one request at a time. */
  function ask(): Promise<void> {
    askedAt = now();
    asking ??= (async () => {
      const begun = now();
      const live = stopListening !== undefined;
      try {
        const scan = await within(source.read(scanId), times.answerWithinMs, noAnswer);
        // The listener missed this change, or has ended.
        const missed = hear({ scan, fromServer: true }, { fresh: false });
        if (running && (missed || !live)) listen();
      } catch (error) {
        // Of a busy server or an expired token the listener recovers by itself, so only a missing scan ends the watch.
        if ((error as ReddyFitError).code === 'ScanNotFoundError') refused(error as ReddyFitError);
        else if (quietSince <= begun) lost();
      } finally {
        asking = undefined;
      }
    })();
    return asking;
  }

  function tick(): void {
    const at = now();
    // If the clock was set back, the silence is counted from its present time.
    quietSince = Math.min(quietSince, at);
    askedAt = Math.min(askedAt, at);
    const { scan } = store.getSnapshot();
    const over = scan !== null && hasEnded(scan);
    if (!over && wake.isOnline() && at - Math.max(quietSince, askedAt) >= times.askAfterMs) void ask();
    show();
  }

  /** Updates the fields of the snapshot that depend on time and network. */
  function show(): void {
    const { scan } = store.getSnapshot();
    const at = now();
    const over = scan !== null && hasEnded(scan);
    const atServer = new Date(clock.at(at));
    const wait = scan && waitMs(scan, atServer);
    const estimate = scan && !over ? timeLeftMs(scan, atServer) : null;
    // What is known of a scan before it begins says nothing of its pace, and holds back no later estimate.
    const left = scan && wait === null ? steady(estimate, attemptsOf(scan)) : estimate;
    store.update({
      connection: connectionAt(at, over),
      serverLeadMs: clock.at(0),
      etaSeconds: left === null ? null : Math.ceil(left / 1000),
      busyMinutes: wait === null ? null : Math.max(1, Math.ceil(wait / 60_000)),
    });
  }

  function connectionAt(at: number, over: boolean): ScanSnapshot['connection'] {
    if (!wake.isOnline() || unreachable) return 'offline';
    // The document of an ended scan no longer changes; one of the device's cache may.
    const final = over && store.getSnapshot().lastServerAt !== null;
    return !final && at - quietSince >= times.staleAfterMs ? 'stale' : 'live';
  }

  const watch: ScanWatch = {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    refresh: () => (closed ? Promise.resolve() : ask()),
    finished() {
      end ??= new Promise<Scan>((resolve, reject) => {
        ended = { resolve, reject };
        const { scan, error } = store.getSnapshot();
        if (scan && hasEnded(scan)) resolve(scan);
        else if (error) reject(error);
        else if (closed) reject(new ClosedError());
      });
      start();
      return end;
    },
    close() {
      if (closed) return;
      closed = true;
      stop();
      ended?.reject(new ClosedError());
    },
  };
  if (onFinished) start();
  return watch;
}

/** A server that does not answer in time counts as one that cannot be reached. */
const noAnswer = (): never => {
  throw new Error('no answer');
};

/** A later server may end a scan in a status that this build does not know; `completedAt` tells. */
const hasEnded = ({ status, completedAt }: Scan) => isTerminal(status) || completedAt !== undefined;

/**
 * Whether a document replaces the one in the snapshot: a higher `rev` does, and so does the same `rev` when the server
 * reports it and the scan has not ended.
 */
function isNewer(scan: Scan, shown: Scan | null, fromServer: boolean): boolean {
  if (shown === null) return true;
  const [rev, shownRev] = [scan.rev ?? 0, shown.rev ?? 0];
  return rev > shownRev || (rev === shownRev && fromServer && !hasEnded(shown));
}
