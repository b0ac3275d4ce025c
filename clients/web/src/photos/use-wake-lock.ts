/** Keeps the screen on while `wanted`, where the browser can. */

import { useEffect } from 'react';

export function useWakeLock(wanted: boolean): void {
  useEffect(() => {
    const { wakeLock } = navigator as { wakeLock?: WakeLock };
    if (!wanted || !wakeLock) return;
    let lock: Promise<WakeLockSentinel | null> = Promise.resolve(null);
    // The browser lets go of the lock whenever the page is hidden, so it is asked for again when the page is back.
    const ask = () => {
      if (document.visibilityState !== 'visible') return;
      // A phone that is low on power refuses; the camera works without.
      lock = wakeLock.request('screen').catch(() => null);
    };
    ask();
    document.addEventListener('visibilitychange', ask);
    return () => {
      document.removeEventListener('visibilitychange', ask);
      void lock.then((held) => held?.release());
    };
  }, [wanted]);
}
