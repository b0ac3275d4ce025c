/** The page's own address, which names what it shows. */

import { useSyncExternalStore } from 'react';

const moved = new Set<() => void>();

/** Goes there, as a link does; `replace` leaves no step back. */
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

/** The address of now, and each after it. */
export function useAddress(): URL {
  return new URL(useSyncExternalStore(subscribe, () => location.href));
}
