/**
 * Sends a scan again with the photos that this device has kept: a scan that never started, or one that failed with a
 * retryable error.
 */

import type { Scan, ScanHandle } from '@reddyfit/client';
import { ANGLES } from '@reddyfit/shared/names/angles';
import { useState } from 'react';
import { sentWeight } from './scan/measures.ts';
import type { ScreenProps } from './screen-props.ts';

export function TryAgain({
  services: { client },
  words,
  scan,
  scanId,
  onStart,
  onAgain,
}: Pick<ScreenProps, 'services' | 'words'> & {
  /** Null while the server does not have the scan. */
  scan: Scan | null;
  scanId: string | null;
  onStart: (scan: ScanHandle) => void;
  /** Called when the photos are gone, so that new ones are taken. */
  onAgain: () => void;
}) {
  const [isBusy, setBusy] = useState(false);
  const send = async () => {
    if (!scan || !scanId) {
      // The latest draft is the one that was just refused.
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
