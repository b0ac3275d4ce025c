/** Shows a rejected scan: each photo with its faults, and a form in which only the faulty photos must be taken again. */

import type { Scan, ScanHandle } from '@reddyfit/client';
import { ANGLES } from '@reddyfit/shared/names/angles';
import { useEffect, useState } from 'react';
import { Heading } from '../heading.tsx';
import { sentWeight } from '../scan/measures.ts';
import { PhotoForm, type Rejected } from './photo-form.tsx';
import { said } from '../said.ts';
import type { ScreenProps } from '../screen-props.ts';

export function Retake({
  scan,
  scanId,
  onStart,
  ...shared
}: ScreenProps & { scan: Scan; scanId: string; onStart: (scan: ScanHandle) => void }) {
  const { words, speaker, services } = shared;
  const [kept, setKept] = useState<Rejected['kept']>();
  useEffect(() => {
    services.client.keptPhotos(scanId).then(setKept, () => setKept({}));
  }, [services, scanId]);

  const { photos, offer } = scan.results!.qualityCheck!;
  const faults = Object.fromEntries(
    ANGLES.filter((angle) => !photos[angle].accepted).map((angle) => [
      angle,
      photos[angle].issues.map((issue) => said(speaker, 'photos', issue)),
    ]),
  );
  return (
    <section>
      <Heading byNews>{words.retake}</Heading>
      {kept === undefined ? (
        <p role="status" className="waiting">
          {words.loading}
        </p>
      ) : (
        <>
          {Object.keys(kept).length > 0 && <p className="lead">{words.retakeHow}</p>}
          <PhotoForm
            {...shared}
            rejected={{ scanId, kept, faults, weight: sentWeight(scan), offer }}
            onStart={onStart}
          />
        </>
      )}
    </section>
  );
}
