/** A network that is there, and that a test may take away; an app that a test wakes. */

import type { Wake } from './wake.ts';

export function testWake() {
  const wakers = new Set<() => void>();
  const state = { online: true };
  const wake: Wake = {
    subscribe(onWake) {
      wakers.add(onWake);
      return () => void wakers.delete(onWake);
    },
    isOnline: () => state.online,
  };
  return { wake, state, wakeUp: () => wakers.forEach((onWake) => onWake()) };
}
