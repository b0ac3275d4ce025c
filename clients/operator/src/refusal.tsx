/** What went wrong, said where it went wrong. */

import { Refused } from './api.ts';

export function Refusal({ error }: { error: unknown }) {
  const said = error instanceof Refused ? error.message : 'Nothing answers. Try again.';
  return (
    <p role="alert" className="notice">
      {said}
    </p>
  );
}
