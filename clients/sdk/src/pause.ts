/** Waits, but not longer than until the network is back. */

import { reasonOf } from './aborted.ts';
import type { Wake } from './wake.ts';

/** Resolves after `ms`, or when the device wakes with a network; rejects with the signal's reason. */
export function pauseUntilWake(wake: Wake) {
  return (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(reasonOf(signal));
      const settle = (act: () => void) => {
        clearTimeout(timer);
        stopWaking();
        signal.removeEventListener('abort', abort);
        act();
      };
      const abort = () => settle(() => reject(reasonOf(signal)));
      const timer = setTimeout(() => settle(resolve), ms);
      const stopWaking = wake.subscribe(() => wake.isOnline() && settle(resolve));
      signal.addEventListener('abort', abort);
    });
}
