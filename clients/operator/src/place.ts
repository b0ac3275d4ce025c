/** Which place of the desk the address names, so that a reload, a link and the back button find it. */

import { useSyncExternalStore } from 'react';

const moved = new Set<() => void>();

export const addressOf = {
  search: () => '/operator/',
  scan: (scanId: string) => `/operator/?scan=${encodeURIComponent(scanId)}`,
  accesses: () => '/operator/?see=accesses',
} as const;

/** Goes there, as a link does. */
export function go(address: string): void {
  history.pushState(null, '', address);
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

export interface Place {
  readonly scanId: string | null;
  readonly see: string | null;
}

/** The place of now, and of each address after it. */
export function usePlace(): Place {
  const fields = new URLSearchParams(useSyncExternalStore(subscribe, () => location.search));
  return { scanId: fields.get('scan'), see: fields.get('see') };
}
