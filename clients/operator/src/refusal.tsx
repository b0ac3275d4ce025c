/** Shows an error beside the control that caused it. */

import { Refused } from './api.ts';

export function Refusal({ error }: { error: unknown }) {
  const said = error instanceof Refused ? error.message : 'Nothing answers. Try again.';
  return (
    <p role="alert" className="notice">
      {said}
    </p>
  );
}
