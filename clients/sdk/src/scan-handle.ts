/** A handle on a scan that this device starts, which can be watched from its photos to its end. */

import type { Scan } from '@reddyfit/shared/scan/document';
import { unlessAborted } from './aborted.ts';
import { ClosedError, type ReddyFitError } from './client-error.ts';
import type { Draft } from './sending/drafts.ts';
import { sendingConnection } from './sending/sending-connection.ts';
import { NOTHING_YET, type ScanSnapshot } from './watching/snapshot.ts';
import { createStore } from './store.ts';
import type { SendDraft } from './sending/send-draft.ts';
import type { Wake } from './watching/wake.ts';
import type { ScanWatch, WatchOptions } from './watching/watch.ts';

/** The result of startScan and resumeScan: a watch that begins before the scan's document exists. */
export interface ScanHandle extends ScanWatch {
  /**
   * Resolves with the scan's id once the server has its document; from then on the scan does not depend on this device.
   * Rejects with the ReddyFitError that `snapshot.error` shows in phase `refused`, and with ClosedError.
   */
  readonly submitted: Promise<string>;
  /** Stops sending and watching. An unsent scan stays among `drafts()`; a scan that the server has continues there. */
  close(): void;
}

type Report = Parameters<SendDraft['onProgress']>[0];

export interface HandleSettings extends WatchOptions {
  /** Makes the draft, or reads an existing one. */
  readonly draft: (signal: AbortSignal) => Promise<Draft>;
  /** Sends the draft to the server; resolves with the scan's id. */
  readonly send: (draft: Draft, signal: AbortSignal, report: (progress: Report) => void) => Promise<string>;
  readonly watch: (scanId: string, options: WatchOptions) => ScanWatch;
  readonly wake: Wake;
  /** The device's clock (ms since 1970). */
  readonly now: () => number;
  readonly times: { readonly staleAfterMs: number; readonly tickMs: number };
  readonly asError: (error: unknown) => ReddyFitError;
}

/** Makes a handle. Sending begins at once, also without subscribers. */
export function scanHandle(settings: HandleSettings): ScanHandle {
  const { draft, send, asError, onFinished } = settings;
  const closing = new AbortController();
  let watch: ScanWatch | undefined;
  let stopFollowing: (() => void) | undefined;
  const atFirst = settings.wake.isOnline() ? 'live' : 'offline';
  const begun: ScanSnapshot = { ...NOTHING_YET, phase: 'preparing', connection: atFirst };
  const store = createStore<ScanSnapshot>(begun, (count) => (count > 0 ? follow() : unfollow()));

  function follow(): void {
    const followed = watch;
    if (!followed || stopFollowing) return;
    const copy = () => {
      const { upload, lastServerAt } = store.getSnapshot();
      const heard = followed.getSnapshot();
      // Until the watch has heard from the server, the phase stays `submitted`: the server has the document.
      const phase = heard.phase === 'loading' ? { phase: 'submitted' as const, lastServerAt } : {};
      store.update({ ...heard, ...phase, upload });
    };
    stopFollowing = followed.subscribe(copy);
    copy();
  }

  function unfollow(): void {
    stopFollowing?.();
    stopFollowing = undefined;
  }

  /** Sends the draft, and shows how that gets on. */
  async function sendAndShow(made: Draft): Promise<string> {
    let last: Report | undefined;
    let sentBytes = 0;
    const connection = sendingConnection({
      ...settings,
      show: (shown) => store.update({ connection: shown }),
    });
    try {
      return await send(made, closing.signal, (progress) => {
        const { scanId, phase, upload } = progress;
        // The first report tells what the ledger knows, of which the server said nothing today.
        const answered =
          last !== undefined &&
          (scanId !== last.scanId || upload.arrived.length > last.upload.arrived.length);
        store.update({ ...progress, ...(answered && { lastServerAt: settings.now() }) });
        // An attempt that begins anew has got on only when it comes further than the one before.
        if (answered || upload.sentBytes > sentBytes || phase !== last?.phase) connection.gotOn();
        else connection.look();
        sentBytes = Math.max(sentBytes, upload.sentBytes);
        last = progress;
      });
    } finally {
      connection.stop();
    }
  }

  async function run(): Promise<string> {
    try {
      const scanId = await sendAndShow(await draft(closing.signal));
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
  // A caller that does not await `submitted` sees the error in the snapshot.
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
