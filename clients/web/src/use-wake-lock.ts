/** Keeps the screen on while a countdown runs, where the browser can. */

import { useEffect } from 'react';

export function useWakeLock(wanted: boolean): void {
  useEffect(() => {
    const { wakeLock } = navigator as { wakeLock?: WakeLock };
    if (!wanted || !wakeLock) return;
    // A phone that is low on power refuses; the countdown continues.
    const lock = wakeLock.request('screen').catch(() => null);
    return () => void lock.then((held) => held?.release());
  }, [wanted]);
}
