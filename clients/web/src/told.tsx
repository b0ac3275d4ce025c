/** What the page says by itself, such as that it is offline: a status, so that a screen reader says it too. */

import type { ReactNode } from 'react';

/**
 * Is always rendered, and empty while there is nothing to say: many screen readers hear only of what is put into a region that
 * was there before.
 */
export function Told({ children }: { children: ReactNode }) {
  return (
    <div role="status" className="told">
      {children}
    </div>
  );
}
