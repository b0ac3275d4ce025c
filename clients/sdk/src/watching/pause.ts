/** A pause that ends early when the network is back. */

import { reasonOf } from '../aborted.ts';
import type { Wake } from './wake.ts';

/**
 * Makes a function that resolves after `ms`, or earlier when the device wakes with a network, and rejects with the
 * signal's reason.
 */
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
