/** A short hint from the gate for a user who is posing, renewed several times a second at best. */

import { judgeOne } from '@reddyfit/shared/gate/gate';
import type { Angle } from '@reddyfit/shared/names/angles';
import type { PhotoIssueCode } from '@reddyfit/shared/scan/results';
import type { AppWords } from '@reddyfit/shared/words/app/en';
import { type RefObject, useEffect, useState } from 'react';
import { partShown } from '../photos/picture-of.ts';
import { openGate } from './gate.ts';

/** Size of the frames that are checked (px). No outline is measured in them. */
const SIZE = { resizeWidth: 480, resizeHeight: 640 } as const;

/** Pause between two checks (ms), so that the phone does not get warm. */
const REST_MS = 250;

/** Hints for the faults that a user can correct while posing. The title already names the requested angle. */
const HINTS: Partial<Record<PhotoIssueCode, keyof AppWords>> = {
  not_a_person: 'hintNobody',
  not_full_body: 'hintWhole',
  several_people: 'hintAlone',
  head_cut_off: 'hintHead',
  feet_cut_off: 'hintFeet',
  too_far: 'hintCloser',
  tilted: 'tilted',
  wrong_angle: 'hintTurn',
  arms_at_torso: 'hintArms',
};

/**
 * The present hint; null while there is none, and always where the gate cannot run. While `watching` is false no check
 * begins, and the last hint stays as long as angle and camera (`facing`) do.
 */
export function useHint(
  video: RefObject<HTMLVideoElement | null>,
  angle: Angle,
  facing: 'user' | 'environment',
  watching: boolean,
): keyof AppWords | null {
  const [hint, setHint] = useState<{ of: string; said: keyof AppWords | null }>();
  const of = `${angle} ${facing}`;
  useEffect(() => {
    if (!watching) return;
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const gate = openGate();
    const look = async () => {
      const { left, top, width, height } = partShown(video.current!);
      const frame = await createImageBitmap(video.current!, left, top, width, height, SIZE);
      // A frame that came too late is dropped, so that the gate is free for the photo.
      if (!current) return frame.close();
      const looked = await gate.look(angle, frame);
      if (!current) return;
      if (looked?.pose) {
        const [fault] = judgeOne(angle, looked.pose);
        setHint({ of, said: fault ? (HINTS[fault.code] ?? null) : 'hintGood' });
      }
      timer = setTimeout(again, REST_MS);
    };
    // When the camera shows nothing at this moment, the check is repeated.
    const again = () => void look().catch(() => (timer = current ? setTimeout(again, REST_MS) : undefined));
    void gate.ready.then((ready) => ready && current && again());
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [video, of, watching]);
  return hint?.of === of ? hint.said : null;
}
