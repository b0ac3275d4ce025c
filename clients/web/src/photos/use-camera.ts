/** Shows the camera in a video element while a component is mounted. */

import { type RefObject, useEffect, useState } from 'react';

/** The state of the camera: `refused` where there is none, and when the user or the browser denies it. */
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
      // Absent on pages that were loaded without encryption.
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
