/** The acts on a whole scan that its status allows. */

import type { Why } from '@reddyfit/shared/operator/acts';
import { type FoundScan, UNREADABLE } from '@reddyfit/shared/operator/find';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import type { DeskApi } from './api.ts';
import { BeginAgain } from './begin-again.tsx';
import type { Undone } from './undone.ts';
import { AskWhy } from './why.tsx';

export function Acts({
  api,
  scan: { scanId, userId, status },
  onAct,
}: {
  api: DeskApi;
  scan: FoundScan;
  onAct: (undone: Undone, why: Why) => void;
}) {
  const ended = status !== UNREADABLE && isTerminal(status);
  return (
    <div className="acts">
      {!ended && <AskWhy label="Cancel" danger onWhy={(why) => onAct({ act: 'cancel' }, why)} />}
      {!ended && (
        <AskWhy label="End as failed, with refund" danger onWhy={(why) => onAct({ act: 'fail' }, why)} />
      )}
      {ended && <AskWhy label="Send the push again" onWhy={(why) => onAct({ act: 'push' }, why)} />}
      {status === 'completed' && (
        <BeginAgain
          // A new key per scan, so that no state of another scan is shown.
          key={scanId}
          api={api}
          scanId={scanId}
          userId={userId}
          onWhy={(why) => onAct({ act: 'begin_again' }, why)}
        />
      )}
    </div>
  );
}
