/** A Wake whose network a test can take away, and whose wake-ups a test triggers. */

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
