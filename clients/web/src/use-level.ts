/** Tells whether the phone stands upright, where there is a sensor. */

import { useEffect, useState } from 'react';

/** The largest tilt of a phone that counts as upright (degrees). */
const MOST_DEGREES = 8;

/** iOS asks the user for permission first, and only from a tap. */
interface Asking {
  requestPermission?: () => Promise<unknown>;
}

/** `upright` is undefined until a sensor has reported. */
export function useLevel(): { upright: boolean | undefined; ask: () => void } {
  const [upright, setUpright] = useState<boolean>();
  useEffect(() => {
    const hear = ({ beta, gamma }: DeviceOrientationEvent) => {
      if (beta === null || gamma === null) return;
      setUpright(Math.abs(Math.abs(beta) - 90) < MOST_DEGREES && Math.abs(gamma) < MOST_DEGREES);
    };
    addEventListener('deviceorientation', hear);
    return () => removeEventListener('deviceorientation', hear);
  }, []);
  return {
    upright,
    ask: () => {
      const asking = globalThis.DeviceOrientationEvent as Asking | undefined;
      void asking?.requestPermission?.().catch(() => undefined);
    },
  };
}
