/** Deletes the kept photos of a scan that needs no retake, as soon as this device hears that the scan has ended so. */

import type { Scan } from '@reddyfit/shared/scan/document';
import type { Drafts } from '../sending/drafts.ts';
import type { ScanSource } from './watch.ts';

/**
 * Wraps a source. Photos are deleted once a scan is completed or canceled. After a rejection or a failure they stay,
 * because a new scan may be made of them.
 */
export function releasing(source: ScanSource, drafts: Pick<Drafts, 'release'>): ScanSource {
  const look = (scanId: string, scan: Scan | null) => {
    if (scan?.status !== 'completed' && scan?.status !== 'canceled') return;
    // A failed deletion is tried again when the scan is next read, and the photos are deleted after a day in any case.
    drafts.release(scanId).catch(() => undefined);
  };
  return {
    listen(scanId, onHeard, onError) {
      const heardOf: typeof onHeard = (heard) => {
        look(scanId, heard.scan);
        onHeard(heard);
      };
      return source.listen(scanId, heardOf, onError);
    },
    async read(scanId) {
      const scan = await source.read(scanId);
      look(scanId, scan);
      return scan;
    },
  };
}
