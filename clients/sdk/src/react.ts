/** `@reddyfit/client/react`: a scan as a value of a component. */

import {
  createContext,
  createElement,
  type ReactNode,
  useContext,
  useMemo,
  useSyncExternalStore,
} from 'react';
import type { ReddyFitClient } from './client.ts';
import { NOTHING_YET, type ScanSnapshot } from './snapshot.ts';
import type { ScanWatch } from './watch.ts';

const Client = createContext<ReddyFitClient | null>(null);

/** Gives the components below it their client. */
export function ReddyFitProvider({ client, children }: { client: ReddyFitClient; children?: ReactNode }) {
  return createElement(Client.Provider, { value: client }, children);
}

/** The client that ReddyFitProvider gave. Throws where there is none. */
export function useReddyFit(): ReddyFitClient {
  const client = useContext(Client);
  if (!client) throw new Error('useReddyFit needs a <ReddyFitProvider client={…}> above it');
  return client;
}

const NO_SCAN = { getSnapshot: () => NOTHING_YET, subscribe: () => () => undefined };

/**
 * The latest snapshot of a scan, by its id or by the handle of startScan; listens while the component is mounted. Nothing yet
 * (`loading`) for null. Throws without a ReddyFitProvider; what goes wrong later is in `error` and `connection`.
 */
export function useScan(scan: string | ScanWatch | null): ScanSnapshot {
  const client = useReddyFit();
  const watch = useMemo(
    // A watch that nobody subscribes to does nothing, so one that React throws away costs nothing.
    () => (typeof scan === 'string' ? client.watchScan(scan) : (scan ?? NO_SCAN)),
    [client, scan],
  );
  return useSyncExternalStore(watch.subscribe, watch.getSnapshot, watch.getSnapshot);
}
