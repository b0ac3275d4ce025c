/** Shows the camera in an element while a component is there. */

import { type RefObject, useEffect, useState } from 'react';

/** `refused` where there is none, and where the user or the browser says no. */
export function useCamera(
  video: RefObject<HTMLVideoElement | null>,
  facingMode: 'user' | 'environment',
): 'opening' | 'open' | 'refused' {
  const [state, setState] = useState<'opening' | 'open' | 'refused'>('opening');
  useEffect(() => {
    let current = true;
    let stream: MediaStream | undefined;
    const stop = () => stream?.getTracks().forEach((track) => track.stop());
    const open = async () => {
      // Absent on pages that came without encryption.
      const devices = navigator.mediaDevices as MediaDevices | undefined;
      if (!devices) throw new Error('no camera here');
      stream = await devices.getUserMedia({
        video: { facingMode, width: { ideal: 1920 }, height: { ideal: 1440 } },
        audio: false,
      });
      if (!current) return stop();
      const shown = video.current!;
      shown.srcObject = stream;
      await shown.play();
      if (current) setState('open');
    };
    setState('opening');
    open().catch(() => {
      if (current) setState('refused');
    });
    return () => {
      current = false;
      stop();
    };
  }, [video, facingMode]);
  return state;
}
