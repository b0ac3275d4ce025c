/** Takes four photos and a weight, and starts the scan. */

import type { ScanHandle } from '@reddyfit/client';
import { PhotoForm } from './photo-form.tsx';
import type { Shared } from './shared.ts';

export function Capture(of: Shared & { onStart: (scan: ScanHandle) => void }) {
  return (
    <>
      <h1>{of.words.capture}</h1>
      <p className="lead">{of.words.captureHow}</p>
      <PhotoForm {...of} />
    </>
  );
}
