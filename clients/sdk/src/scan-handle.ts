/** A scan that this device starts: from its photos to its end, as one thing to watch. */

import type { Scan } from '@reddyfit/shared/scan/document';
import { unlessAborted } from './aborted.ts';
import { ClosedError, type ReddyFitError } from './client-error.ts';
import type { Draft } from './drafts.ts';
import { NOTHING_YET, type ScanSnapshot } from './snapshot.ts';
import { createStore } from './store.ts';
import type { SendDraft } from './send-draft.ts';
import type { ScanWatch, WatchOptions } from './watch.ts';

/** What startScan and resumeScan give: a watch that begins before there is a document. */
export interface ScanHandle extends ScanWatch {
  /**
   * Resolves with the scan's id once the server has its document: from then on nothing is lost with this device. Rejects with the ReddyFitError
   * that `snapshot.error` shows in phase `refused`, and with ClosedError.
   */
  readonly submitted: Promise<string>;
  /** Stops working and watching here. An unsent scan stays among `drafts()`; one that the server has goes on there. */
  close(): void;
}

type Report = Parameters<SendDraft['onProgress']>[0];

export interface HandleSettings extends WatchOptions {
  /** Makes the draft, or finds it. */
  readonly draft: (signal: AbortSignal) => Promise<Draft>;
  /** Brings it to the server; resolves with the scan's id. */
  readonly send: (draft: Draft, signal: AbortSignal, report: (progress: Report) => void) => Promise<string>;
  readonly watch: (scanId: string, options: WatchOptions) => ScanWatch;
  readonly isOnline: () => boolean;
  readonly asError: (error: unknown) => ReddyFitError;
}

/** Begins at once, whether somebody watches or not. */
export function scanHandle(settings: HandleSettings): ScanHandle {
  const { draft, send, isOnline, asError, onFinished } = settings;
  const closing = new AbortController();
  let watch: ScanWatch | undefined;
  let stopFollowing: (() => void) | undefined;
  const store = createStore<ScanSnapshot>({ ...NOTHING_YET, phase: 'preparing' }, (count) =>
    count > 0 ? follow() : unfollow(),
  );

  function follow(): void {
    const followed = watch;
    if (!followed || stopFollowing) return;
    const copy = () => {
      const { upload } = store.getSnapshot();
      const heard = followed.getSnapshot();
      // Until the watch has heard, what is known stays: the server has the document.
      const phase = heard.phase === 'loading' ? { phase: 'submitted' as const } : {};
      store.update({ ...heard, ...phase, upload });
    };
    stopFollowing = followed.subscribe(copy);
    copy();
  }

  function unfollow(): void {
    stopFollowing?.();
    stopFollowing = undefined;
  }

  async function run(): Promise<string> {
    try {
      const made = await draft(closing.signal);
      const scanId = await send(made, closing.signal, (progress) =>
        store.update({ ...progress, connection: isOnline() ? 'live' : 'offline' }),
      );
      unlessAborted(closing.signal);
      watch = settings.watch(scanId, { onFinished });
      store.update({ scanId, phase: 'submitted', attempt: 0 });
      if (store.listeners > 0) follow();
      return scanId;
    } catch (cause) {
      if (closing.signal.aborted) throw new ClosedError();
      const error = asError(cause);
      store.update({ phase: 'refused', error, attempt: 0 });
      throw error;
    }
  }

  const submitted = run();
  // Whoever only watches sees it in the snapshot.
  submitted.catch(() => undefined);

  return {
    submitted,
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    refresh: async () => watch?.refresh(),
    finished: async (): Promise<Scan> => {
      await submitted;
      return watch!.finished();
    },
    close() {
      closing.abort(new ClosedError());
      unfollow();
      watch?.close();
    },
  };
}
