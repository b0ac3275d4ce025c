/** Takes the requested photos one after another by countdown: the phone stands, and the user stands in front of it. */

import { cameraElevation } from '@reddyfit/client';
import { issueOf } from '@reddyfit/shared/gate/photo-fault';
import type { Angle } from '@reddyfit/shared/names/angles';
import type { AppWords } from '@reddyfit/shared/words/app/en';
import type { Speaker } from '@reddyfit/shared/words/speaker';
import { useEffect, useRef, useState } from 'react';
import { faultNow } from '../gate/gate.ts';
import { useHint } from '../gate/use-hint.ts';
import type { Ghosts } from './ghosts.ts';
import { Icon } from '../icons.tsx';
import { pictureOf } from './picture-of.ts';
import { Silhouette } from './silhouette.tsx';
import { openSounds, type Sounds } from './sounds.ts';
import { useCamera } from './use-camera.ts';
import { useLevel } from './use-level.ts';
import { usePicture } from './use-picture.ts';
import { useWakeLock } from './use-wake-lock.ts';

/** The choices of seconds from the tap to the photo, and between photos. */
const COUNTDOWNS = [3, 5, 10, 20];

/** The seconds before the photo that are said (s). */
const LAST_SECONDS = 3;

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
  ghosts,
  onPhoto,
  onClose,
}: {
  angles: readonly Angle[];
  words: AppWords;
  speaker: Speaker;
  ghosts: Ghosts;
  /** `elevation`: how far above the horizon the camera looked (degrees), where a sensor and the browser tell. */
  onPhoto: (angle: Angle, photo: Blob, elevation: number | undefined) => void;
  onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const [facing, setFacing] = useState<'user' | 'environment'>('user');
  const { state, facing: openFacing } = useCamera(video, facing);
  const [seconds, setSeconds] = useState(10);
  const [left, setLeft] = useState<number>();
  const [taken, setTaken] = useState(0);
  /** The fault of the photo that was just taken, which is taken once more. */
  const [wrong, setWrong] = useState<string>();
  const [withGhost, setWithGhost] = useState(true);
  const level = useLevel();
  const sounds = useRef<Sounds>(undefined);
  const angle = angles[Math.min(taken, angles.length - 1)]!;
  // In the last second no look at a frame begins, so that the photo does not wait for the end of one.
  const shooting = left === 0 || left === 1;
  const ending = left !== undefined && left <= LAST_SECONDS && left < seconds;
  const lastHint = useHint(video, angle, facing, state === 'open' && !shooting);
  // No hint is shown about an image that nobody sees, nor about the present one while a taken photo is checked.
  const hint = state === 'open' && left !== 0 ? lastHint : null;
  const ghost = usePicture(ghosts[angle]);
  useWakeLock(state === 'open');

  useEffect(() => dialog.current?.showModal(), []);
  // A dialog that closes, instead of only being removed, gives the focus back to the button that opened it.
  const close = () => dialog.current?.close();
  useEffect(() => () => sounds.current?.close(), []);
  // Browsers let a page play sound only after a tap.
  const sound = () => (sounds.current ??= openSounds());

  // Counts down second by second, takes the photo, and starts the countdown for the next angle.
  useEffect(() => {
    if (left === undefined) return;
    if (left > 0) {
      if (left <= 5) sound().play('tick');
      const timer = setTimeout(() => setLeft(left - 1), 1000);
      return () => clearTimeout(timer);
    }
    let current = true;
    const shoot = async () => {
      const { current: seen } = level.last;
      const elevation = seen && openFacing && cameraElevation(seen, openFacing);
      const photo = await pictureOf(video.current!);
      if (!current) return;
      sound().play('shutter');
      onPhoto(angle, photo, elevation);
      const fault = await faultNow(angle, photo);
      if (!current) return;
      // The photo is repeated once only: a user who repeats the same fault may be right, and the server checks the
      // photo too.
      const again = fault !== null && wrong === undefined;
      if (!again && taken + 1 === angles.length) return close();
      if (again) sound().play('again');
      else setTaken(taken + 1);
      setWrong(again ? issueOf(fault, speaker).message : undefined);
      setLeft(seconds);
    };
    // The camera shows nothing: the user may start again.
    shoot().catch(() => current && setLeft(undefined));
    return () => {
      current = false;
    };
  }, [left]);

  const start = () => {
    setLeft(seconds);
    sound();
    level.ask();
  };
  const said =
    state === 'refused'
      ? words.cameraRefused
      : (wrong ??
        (hint !== null
          ? words[hint]
          : level.upright === undefined
            ? words.cameraHow
            : level.upright
              ? words.level
              : words.tilted));
  return (
    <dialog ref={dialog} className="camera" aria-labelledby="camera-title" onClose={onClose}>
      <header>
        <h2 id="camera-title" aria-live="polite">
          {words[TURN[angle]]}
        </h2>
        <button type="button" className="round" aria-label={words.close} onClick={close}>
          <Icon name="failed" />
        </button>
        <p role={state === 'refused' ? 'alert' : 'status'} data-hint={hint}>
          {said}
        </p>
      </header>
      <div className="stage" data-mirrored={facing === 'user'} data-angle={angle}>
        <video ref={video} playsInline muted />
        {ghost && withGhost && <img className="ghost" src={ghost} alt="" />}
        {state === 'open' && <Silhouette angle={angle} />}
        {/* Only its end is said: each second of it would cut off the side to turn and the hint. The ticks begin before. */}
        <div role="timer" aria-live={ending ? 'assertive' : 'off'}>
          {left !== undefined && left > 0 && <span className="count">{speaker.format.number(left)}</span>}
        </div>
      </div>
      <footer>
        {state === 'refused' ? (
          <button type="button" className="shutter" onClick={close}>
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
            {ghost && (
              <label className="choice">
                <input type="checkbox" checked={withGhost} onChange={() => setWithGhost(!withGhost)} />
                <span>{words.ghost}</span>
              </label>
            )}
            <button type="button" className="quiet" onClick={() => sound().play('shutter')}>
              {words.testSound}
            </button>
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
