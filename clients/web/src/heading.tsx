/** The heading of a screen. */

import { type ReactNode, useEffect, useRef } from 'react';

/**
 * Takes the focus when its screen replaces another one: the button that was pressed is gone with the earlier screen, and a
 * screen reader would say nothing. A page that was just loaded is read from its top, and a user who is at a control stays
 * there.
 */
export function Heading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Absent in older browsers.
    const activation = navigator.userActivation as UserActivation | undefined;
    const at = document.activeElement;
    const isFree = at === null || at === document.body || at.closest('nav') !== null;
    if (activation?.hasBeenActive && isFree) heading.current!.focus();
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
