/** The heading of a screen. */

import { type ReactNode, useEffect, useRef } from 'react';
import { takeLeft } from './address.ts';

/**
 * Takes the focus when its screen replaces another one: the button that was pressed is gone with the earlier screen, and a
 * screen reader would say nothing. A page that was just loaded is read from its top, and a user who is at a control stays
 * there: the link that was followed is one only once its screen has come. `byNews`: the screen changed by itself, as when a scan
 * ends, so a user who has scrolled stays where they read.
 */
export function Heading({ byNews = false, children }: { byNews?: boolean; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Absent in older browsers.
    const activation = navigator.userActivation as UserActivation | undefined;
    const at = document.activeElement;
    const from = takeLeft();
    const isFree = at === null || at === document.body || (at === from && at.closest('nav') !== null);
    if (activation?.hasBeenActive && isFree)
      heading.current!.focus({ preventScroll: byNews && from === null });
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
