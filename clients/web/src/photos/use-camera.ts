/** Shows the camera in a video element while a component is mounted. */

import { type RefObject, useEffect, useState } from 'react';

/**
 * The state of the camera: `refused` where there is none, and when the user or the browser denies it. `facing` is the side of the phone
 * at which the open camera is, where the browser tells: a phone that has no camera on the wanted side opens the other.
 */
export function useCamera(
  video: RefObject<HTMLVideoElement | null>,
  facingMode: 'user' | 'environment',
): { state: 'opening' | 'open' | 'refused'; facing: 'user' | 'environment' | undefined } {
  const [state, setState] = useState<'opening' | 'open' | 'refused'>('opening');
  const [facing, setFacing] = useState<'user' | 'environment'>();
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
      if (!current) return;
      setFacing(sideOf(stream.getVideoTracks()[0]));
      setState('open');
    };
    setState('opening');
    setFacing(undefined);
    open().catch(() => {
      if (current) setState('refused');
    });
    return () => {
      current = false;
      stop();
    };
  }, [video, facingMode]);
  return { state, facing };
}

function sideOf(track: MediaStreamTrack | undefined) {
  const side = track?.getSettings().facingMode;
  return side === 'user' || side === 'environment' ? side : undefined;
}
