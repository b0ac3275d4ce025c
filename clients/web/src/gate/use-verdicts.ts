/** The gate's verdicts on photos that are still on this device. */

import type { Looked } from '@reddyfit/shared/gate/arrange-photos';
import { faultsSoFar } from '@reddyfit/shared/gate/faults';
import type { PhotoFault } from '@reddyfit/shared/gate/photo-fault';
import { type Angle, ANGLES } from '@reddyfit/shared/names/angles';
import { useEffect, useRef, useState } from 'react';
import { openGate } from './gate.ts';

type Photo = Blob | Uint8Array;

/** The faults of each photo that has been checked. Photos that have not been checked are absent. */
export function useVerdicts(
  photos: Readonly<Partial<Record<Angle, Photo>>>,
): Partial<Record<Angle, readonly PhotoFault[]>> {
  const asked = useRef(new WeakSet<Photo>());
  const [looks, setLooks] = useState<ReadonlyMap<Photo, Looked>>(new Map());
  // Opened early, so that the networks load while the first photo is taken.
  useEffect(() => void openGate(), []);
  useEffect(() => {
    for (const angle of ANGLES) {
      const photo = photos[angle];
      if (!photo || asked.current.has(photo)) continue;
      asked.current.add(photo);
      const file = photo instanceof Blob ? photo : new Blob([photo as Uint8Array<ArrayBuffer>]);
      void openGate()
        .look(angle, file)
        .then((look) => look && setLooks((before) => new Map(before).set(photo, look)));
    }
  });
  return faultsSoFar(
    Object.fromEntries(
      ANGLES.flatMap((angle) => {
        const look = photos[angle] && looks.get(photos[angle]);
        return look ? [[angle, look]] : [];
      }),
    ),
  );
}
