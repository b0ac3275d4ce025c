/** Wakes the client on a phone: when the app comes to the front, and when the network returns. */

import type { Wake } from '@reddyfit/client';

/** React Native's `AppState`. */
export interface AppStates {
  addEventListener(type: 'change', listener: (state: string) => void): { remove(): void };
}
/** `@react-native-community/netinfo`. */
export interface Networks {
  addEventListener(listener: (state: { isConnected: boolean | null }) => void): () => void;
}

/** Listens to the network as long as the app lives. `isConnected` null, which means "not known yet", counts as connected. */
export function phoneWake(states: AppStates, networks: Networks): Wake {
  let online = true;
  const wakers = new Set<() => void>();
  const wakeAll = () => wakers.forEach((onWake) => onWake());
  networks.addEventListener(({ isConnected }) => {
    const before = online;
    online = isConnected !== false;
    if (online !== before) wakeAll();
  });
  states.addEventListener('change', (state) => {
    if (state === 'active') wakeAll();
  });
  return {
    isOnline: () => online,
    subscribe(onWake) {
      wakers.add(onWake);
      return () => void wakers.delete(onWake);
    },
  };
}
