/** What tells a client that it was away: the app in front again, the network back. */

export interface Wake {
  /** Calls `onWake` each time that the app comes to the front or the network comes back; returns how to stop. */
  subscribe(onWake: () => void): () => void;
  /** False when the device knows that it has no network; true when it does not say. */
  isOnline(): boolean;
}

interface EventSource {
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
}

interface BrowserGlobals {
  readonly window?: EventSource;
  readonly document?: EventSource & { readonly visibilityState: string };
  readonly navigator?: { readonly onLine?: boolean };
}

/**
 * By the browser's `visibilitychange`, `pageshow`, `online` and `offline`, where it has them; elsewhere nothing ever wakes. In React Native give one
 * made of `AppState` and `NetInfo` (docs/clients.md).
 */
export function browserWake(globals: BrowserGlobals = globalThis as unknown as BrowserGlobals): Wake {
  const { window, document, navigator } = globals;
  return {
    subscribe(onWake) {
      const whenVisible = () => document?.visibilityState === 'visible' && onWake();
      // `offline` too: what is shown is to say so at once.
      const events = ['online', 'offline', 'pageshow'];
      if (typeof document?.addEventListener === 'function')
        document.addEventListener('visibilitychange', whenVisible);
      if (typeof window?.addEventListener === 'function')
        for (const type of events) window.addEventListener(type, onWake);
      return () => {
        document?.removeEventListener?.('visibilitychange', whenVisible);
        for (const type of events) window?.removeEventListener?.(type, onWake);
      };
    },
    isOnline: () => navigator?.onLine !== false,
  };
}
