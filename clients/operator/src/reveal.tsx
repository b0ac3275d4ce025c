/** Shows photos, numbers and texts of a scan, only after a reason is given and only for a minute. */

import { REVEALED_FOR_SECONDS, type Revealed, type Why } from '@reddyfit/shared/operator/acts';
import { useEffect, useState } from 'react';
import { Told } from '../../web/src/told.tsx';
import type { DeskApi } from './api.ts';
import { Refusal } from './refusal.tsx';
import { AskWhy } from './why.tsx';

export function Reveal({ api, scanId }: { api: DeskApi; scanId: string }) {
  const [shown, setShown] = useState<Revealed | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    if (!shown) return undefined;
    const timer = setTimeout(() => setShown(null), REVEALED_FOR_SECONDS * 1000);
    return () => clearTimeout(timer);
  }, [shown]);
  const reveal = (why: Why) => {
    setError(null);
    api.reveal(scanId, why).then(setShown, setError);
  };
  return (
    <section>
      <h2>Photos, numbers and texts</h2>
      {error !== null && <Refusal error={error} />}
      <Told>{shown && <p>Shown for {REVEALED_FOR_SECONDS} seconds.</p>}</Told>
      {!shown && <AskWhy label="Reveal" danger onWhy={reveal} />}
      {shown && (
        <div className="card">
          <p>Weight: {shown.weightLb ?? '–'} lb</p>
          <ul>
            {Object.entries(shown.photos).map(([angle, url]) => (
              <li key={angle}>
                <a href={url} target="_blank" rel="noreferrer">
                  Photo: {angle}
                </a>
              </li>
            ))}
          </ul>
          {shown.warnings.map((warning) => (
            <p key={warning}>{warning}</p>
          ))}
          <pre tabIndex={0}>{JSON.stringify(shown.results, null, 2)}</pre>
          <button type="button" className="quiet" onClick={() => setShown(null)}>
            Hide
          </button>
        </div>
      )}
    </section>
  );
}
