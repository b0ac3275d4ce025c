/** What an operator may do about the whole of a scan, by how it stands. */

import type { Why } from '@reddyfit/shared/operator/acts';
import type { FoundScan } from '@reddyfit/shared/operator/find';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import type { Undone } from './undone.ts';
import { AskWhy } from './why.tsx';

export function Acts({
  scan: { status },
  onAct,
}: {
  scan: FoundScan;
  onAct: (undone: Undone, why: Why) => void;
}) {
  const ended = isTerminal(status);
  return (
    <div className="acts">
      {!ended && <AskWhy label="Cancel" danger onWhy={(why) => onAct({ act: 'cancel' }, why)} />}
      {!ended && (
        <AskWhy label="End as failed, with refund" danger onWhy={(why) => onAct({ act: 'fail' }, why)} />
      )}
      {ended && <AskWhy label="Send the push again" onWhy={(why) => onAct({ act: 'push' }, why)} />}
      {status === 'completed' && (
        <AskWhy label="Begin again at no cost" onWhy={(why) => onAct({ act: 'begin_again' }, why)} />
      )}
    </div>
  );
}
