/** The page's own address, which determines the screen. */

import { useSyncExternalStore } from 'react';

const moved = new Set<() => void>();

/** Navigates to an address, as a link does. `replace` adds no entry to the history. */
export function go(address: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  for (const listener of moved) listener();
}

function subscribe(listener: () => void): () => void {
  moved.add(listener);
  addEventListener('popstate', listener);
  return () => {
    moved.delete(listener);
    removeEventListener('popstate', listener);
  };
}

/** The present address. Rerenders the component when it changes. */
export function useAddress(): URL {
  return new URL(useSyncExternalStore(subscribe, () => location.href));
}
