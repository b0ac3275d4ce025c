/** Lets go of the photos of a scan that needs no retake, as soon as this device hears so. */

import type { Scan } from '@reddyfit/shared/scan/document';
import type { Drafts } from './drafts.ts';
import type { ScanSource } from './watch.ts';

/** The same source. After a rejection or a failure the photos stay: a new scan may be made of them. */
export function releasing(source: ScanSource, drafts: Pick<Drafts, 'release'>): ScanSource {
  const look = (scanId: string, scan: Scan | null) => {
    if (scan?.status !== 'completed' && scan?.status !== 'canceled') return;
    // Heard again at the next start, and after a day they go in any case.
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
