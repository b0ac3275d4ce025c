/** What the gate says of somebody who is posing, in a few words, several times a second at best. */

import { judgeOne } from '@reddyfit/shared/gate/gate';
import type { Angle } from '@reddyfit/shared/names/angles';
import type { PhotoIssueCode } from '@reddyfit/shared/scan/results';
import type { AppWords } from '@reddyfit/shared/words/app/en';
import { type RefObject, useEffect, useState } from 'react';
import { partShown } from '../picture-of.ts';
import { openGate } from './gate.ts';

/** Size of what is looked at (px): no outline is measured in it. */
const SIZE = { resizeWidth: 480, resizeHeight: 640 } as const;

/** Rest between two looks (ms): a phone that is held gets warm. */
const REST_MS = 250;

/** Words for what a pose can be told while it is taken; the title already says which side is asked for. */
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

/** Null while nothing is known: without the gate, for ever. */
export function useHint(
  video: RefObject<HTMLVideoElement | null>,
  angle: Angle,
  watching: boolean,
): keyof AppWords | null {
  const [hint, setHint] = useState<keyof AppWords | null>(null);
  useEffect(() => {
    if (!watching) return;
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const gate = openGate();
    const look = async () => {
      const { left, top, width, height } = partShown(video.current!);
      const frame = await createImageBitmap(video.current!, left, top, width, height, SIZE);
      const looked = await gate.look(angle, frame);
      if (!current) return;
      if (looked?.pose) {
        const [fault] = judgeOne(angle, looked.pose);
        setHint(fault ? (HINTS[fault.code] ?? null) : 'hintGood');
      }
      timer = setTimeout(again, REST_MS);
    };
    // A camera that shows nothing at this moment is asked again.
    const again = () => void look().catch(() => (timer = current ? setTimeout(again, REST_MS) : undefined));
    void gate.ready.then((ready) => ready && current && again());
    return () => {
      current = false;
      clearTimeout(timer);
      setHint(null);
    };
  }, [video, angle, watching]);
  return hint;
}
