/** Sends a scan again with the photos that this device has kept: one that never began, or one that failed for no fault of its own. */

import type { Scan, ScanHandle } from '@reddyfit/client';
import { ANGLES } from '@reddyfit/shared/names/angles';
import { useState } from 'react';
import { sentWeight } from './measures.ts';
import type { Shared } from './shared.ts';

export function TryAgain({
  services: { client },
  words,
  scan,
  scanId,
  onStart,
  onAgain,
}: Pick<Shared, 'services' | 'words'> & {
  /** Null before the server had it. */
  scan: Scan | null;
  scanId: string | null;
  onStart: (scan: ScanHandle) => void;
  /** Where the photos are gone: new ones are taken. */
  onAgain: () => void;
}) {
  const [isBusy, setBusy] = useState(false);
  const send = async () => {
    if (!scan || !scanId) {
      // The latest: the one that was just refused.
      const draft = (await client.drafts()).at(-1);
      return draft ? onStart(client.resumeScan(draft.id)) : onAgain();
    }
    const kept = await client.keptPhotos(scanId);
    if (!ANGLES.every((angle) => kept[angle])) return onAgain();
    const { without } = scan;
    const weight = sentWeight(scan);
    return onStart(client.startScan({ photos: {}, retakeOf: scanId, weight, ...(without && { without }) }));
  };
  return (
    <button
      type="button"
      disabled={isBusy}
      onClick={() => {
        setBusy(true);
        void send()
          .catch(onAgain)
          .finally(() => setBusy(false));
      }}
    >
      {words.tryAgain}
    </button>
  );
}
