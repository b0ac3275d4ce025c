/** A link within the desk. */

import type { ReactNode } from 'react';
import { go } from '../../web/src/address.ts';

export function Link({ to, current, children }: { to: string; current?: boolean; children: ReactNode }) {
  return (
    <a
      href={to}
      {...(current && { 'aria-current': 'page' as const })}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey) return;
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </a>
  );
}
