/** Tells whether the phone stands upright, where there is a sensor. */

import { useEffect, useState } from 'react';
import { isUpright } from './level.ts';

/** iOS asks the user for permission first, and only from a tap. */
interface Asking {
  requestPermission?: () => Promise<unknown>;
}

/** `upright` is undefined until a sensor has reported. */
export function useLevel(): { upright: boolean | undefined; ask: () => void } {
  const [upright, setUpright] = useState<boolean>();
  useEffect(() => {
    const hear = (event: DeviceOrientationEvent) => setUpright((was) => isUpright(event, was));
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
