/** `@reddyfit/client/react`: hooks that give components a scan. */

import {
  createContext,
  createElement,
  type ReactNode,
  useContext,
  useMemo,
  useSyncExternalStore,
} from 'react';
import type { ReddyFitClient } from './client.ts';
import { NOTHING_YET, type ScanSnapshot } from './watching/snapshot.ts';
import type { ScanWatch } from './watching/watch.ts';

const Client = createContext<ReddyFitClient | null>(null);

/** Provides the client to the components below it. */
export function ReddyFitProvider({ client, children }: { client: ReddyFitClient; children?: ReactNode }) {
  return createElement(Client.Provider, { value: client }, children);
}

/** The client of the nearest ReddyFitProvider. Throws where there is none. */
export function useReddyFit(): ReddyFitClient {
  const client = useContext(Client);
  if (!client) throw new Error('useReddyFit needs a <ReddyFitProvider client={…}> above it');
  return client;
}

const NO_SCAN = { getSnapshot: () => NOTHING_YET, subscribe: () => () => undefined };

/**
 * The latest snapshot of a scan, by its id or by the handle of startScan; listens while the component is mounted. For
 * null, a snapshot in phase `loading`. Throws without a ReddyFitProvider; later errors are in `error` and `connection`.
 */
export function useScan(scan: string | ScanWatch | null): ScanSnapshot {
  const client = useReddyFit();
  const watch = useMemo(
    // A watch without subscribers does nothing, so a watch that React discards costs nothing.
    () => (typeof scan === 'string' ? client.watchScan(scan) : (scan ?? NO_SCAN)),
    [client, scan],
  );
  return useSyncExternalStore(watch.subscribe, watch.getSnapshot, watch.getSnapshot);
}
