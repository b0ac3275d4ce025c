/** The page's own address, which determines the screen. */

import { useSyncExternalStore } from 'react';

const moved = new Set<() => void>();

let left: Element | null = null;

/** The element that had the focus when the user last navigated; null once a heading has been asked for it. */
export function takeLeft(): Element | null {
  const element = left;
  left = null;
  return element;
}

/** Navigates to an address, as a link does. `replace` adds no entry to the history. */
export function go(address: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', address);
  else {
    left = document.activeElement;
    history.pushState(null, '', address);
  }
  for (const listener of moved) listener();
}

function subscribe(listener: () => void): () => void {
  moved.add(listener);
  const back = () => {
    left = document.activeElement;
    listener();
  };
  addEventListener('popstate', back);
  return () => {
    moved.delete(listener);
    removeEventListener('popstate', back);
  };
}

/** The present address. Rerenders the component when it changes. */
export function useAddress(): URL {
  return new URL(useSyncExternalStore(subscribe, () => location.href));
}
