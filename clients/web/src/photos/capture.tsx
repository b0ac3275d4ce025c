/** Takes four photos and a weight, and starts the scan. */

import type { ScanHandle } from '@reddyfit/client';
import { Heading } from '../heading.tsx';
import { PhotoForm } from './photo-form.tsx';
import type { ScreenProps } from '../screen-props.ts';

export function Capture(of: ScreenProps & { onStart: (scan: ScanHandle) => void }) {
  return (
    <>
      <Heading>{of.words.capture}</Heading>
      <p className="lead">{of.words.captureHow}</p>
      <PhotoForm {...of} />
    </>
  );
}
