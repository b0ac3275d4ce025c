/** Tells a client that the app is in front again or that the network is back. */

export interface Wake {
  /** Calls `onWake` each time the app comes to the front or the network changes. Returns a function that stops this. */
  subscribe(onWake: () => void): () => void;
  /** False when the device knows that it has no network; true otherwise. */
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
 * A Wake that uses the browser's `visibilitychange`, `pageshow`, `online` and `offline` where they exist; elsewhere it
 * never calls `onWake`. In React Native pass one made of `AppState` and `NetInfo` (docs/clients.md).
 */
export function browserWake(globals: BrowserGlobals = globalThis as unknown as BrowserGlobals): Wake {
  const { window, document, navigator } = globals;
  return {
    subscribe(onWake) {
      const whenVisible = () => document?.visibilityState === 'visible' && onWake();
      // `offline` too, so that the loss of the network is shown at once.
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
