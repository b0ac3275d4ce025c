/** Tells whether the phone stands upright, where there is a sensor. */

import { type RefObject, useEffect, useRef, useState } from 'react';
import { isUpright } from './level.ts';

/** iOS asks the user for permission first, and only from a tap. */
interface Asking {
  requestPermission?: () => Promise<unknown>;
}

/** `upright` and `last`, the last report of the sensor, are undefined until there is one. A phone that stands still need not report. */
export function useLevel(): {
  upright: boolean | undefined;
  last: RefObject<DeviceOrientationEvent | undefined>;
  ask: () => void;
} {
  const [upright, setUpright] = useState<boolean>();
  const last = useRef<DeviceOrientationEvent>(undefined);
  useEffect(() => {
    const hear = (event: DeviceOrientationEvent) => {
      last.current = event;
      setUpright((was) => isUpright(event, was));
    };
    addEventListener('deviceorientation', hear);
    return () => removeEventListener('deviceorientation', hear);
  }, []);
  return {
    upright,
    last,
    ask: () => {
      const asking = globalThis.DeviceOrientationEvent as Asking | undefined;
      void asking?.requestPermission?.().catch(() => undefined);
    },
  };
}
