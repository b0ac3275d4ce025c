/** Takes the photos that are asked for, one after another, by countdown: the phone stands, and the user before it. */

import type { Angle } from '@reddyfit/shared/names/angles';
import type { AppWords } from '@reddyfit/shared/words/app/en';
import type { Speaker } from '@reddyfit/shared/words/speaker';
import { useEffect, useRef, useState } from 'react';
import { Icon } from './icons.tsx';
import { pictureOf } from './picture-of.ts';
import { Silhouette } from './silhouette.tsx';
import { openSound } from './sound.ts';
import { useLevel } from './use-level.ts';
import { useWakeLock } from './use-wake-lock.ts';

/** Seconds from the tap to the photo, and between photos. */
const COUNTDOWNS = [3, 5, 10, 20];

const TURN = {
  front: 'turnFront',
  back: 'turnBack',
  left: 'turnLeft',
  right: 'turnRight',
} as const satisfies Record<Angle, keyof AppWords>;

export default function Camera({
  angles,
  words,
  speaker,
  onPhoto,
  onClose,
}: {
  angles: readonly Angle[];
  words: AppWords;
  speaker: Speaker;
  onPhoto: (angle: Angle, photo: Blob) => void;
  onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const [facing, setFacing] = useState<'user' | 'environment'>('user');
  const state = useCamera(video, facing);
  const [seconds, setSeconds] = useState(10);
  const [left, setLeft] = useState<number>();
  const [taken, setTaken] = useState(0);
  const level = useLevel();
  const sound = useRef<ReturnType<typeof openSound>>(undefined);
  const angle = angles[Math.min(taken, angles.length - 1)]!;
  useWakeLock(left !== undefined);

  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => () => sound.current?.close(), []);

  // One second of the countdown after another; at its end the photo, and then the next angle's countdown.
  useEffect(() => {
    if (left === undefined) return;
    if (left > 0) {
      if (left <= 5) sound.current?.tick();
      const timer = setTimeout(() => setLeft(left - 1), 1000);
      return () => clearTimeout(timer);
    }
    let current = true;
    void pictureOf(video.current!).then((photo) => {
      if (!current) return;
      sound.current?.shutter();
      onPhoto(angle, photo);
      if (taken + 1 === angles.length) return onClose();
      setTaken(taken + 1);
      setLeft(seconds);
    });
    return () => {
      current = false;
    };
  }, [left]);

  const start = () => {
    // A browser lets a page sound only from a tap on.
    sound.current ??= openSound();
    level.ask();
    setLeft(seconds);
  };
  return (
    <dialog ref={dialog} className="camera" aria-labelledby="camera-title" onClose={onClose}>
      <header>
        <h2 id="camera-title">{words[TURN[angle]]}</h2>
        <button type="button" className="round" aria-label={words.close} onClick={onClose}>
          <Icon name="failed" />
        </button>
        <p role={state === 'refused' ? 'alert' : 'status'}>
          {state === 'refused'
            ? words.cameraRefused
            : level.upright === undefined
              ? words.cameraHow
              : level.upright
                ? words.level
                : words.tilted}
        </p>
      </header>
      <div className="stage" data-mirrored={facing === 'user'} data-angle={angle}>
        <video ref={video} playsInline muted />
        {state === 'open' && <Silhouette angle={angle} />}
        {left !== undefined && left > 0 && (
          <span className="count" role="timer">
            {speaker.format.number(left)}
          </span>
        )}
      </div>
      <footer>
        {state === 'refused' ? (
          <button type="button" className="shutter" onClick={onClose}>
            {words.choose}
          </button>
        ) : (
          <>
            <label className="field">
              {words.countdown}
              <select
                value={seconds}
                disabled={left !== undefined}
                onChange={({ target }) => setSeconds(Number(target.value))}
              >
                {COUNTDOWNS.map((count) => (
                  <option key={count} value={count}>
                    {speaker.format.number(count)} s
                  </option>
                ))}
              </select>
            </label>
            <button
              type="button"
              className="quiet"
              onClick={() => setFacing(facing === 'user' ? 'environment' : 'user')}
            >
              {words.otherCamera}
            </button>
            <button
              type="button"
              className="shutter"
              disabled={state !== 'open' || left !== undefined}
              onClick={start}
            >
              {words.cameraStart}
            </button>
          </>
        )}
      </footer>
    </dialog>
  );
}

/** Shows the camera in `video` while the component is there. */
function useCamera(
  video: React.RefObject<HTMLVideoElement | null>,
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
