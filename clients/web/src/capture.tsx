/** Takes four photos and a weight, and starts the scan. */

import type { ScanHandle } from '@reddyfit/client';
import { type Angle, ANGLES } from '@reddyfit/shared/names/angles';
import { WEIGHT_KG } from '@reddyfit/shared/scan/document';
import type { Speaker } from '@reddyfit/shared/words/speaker';
import type { SyntheticEvent } from 'react';
import { NumberField } from './number-field.tsx';
import type { Shared } from './shared.ts';
import { POLICY_VERSION } from './consent.tsx';

export function Capture({
  services: { client },
  words,
  speaker: { say },
  onStart,
}: Shared & { speaker: Speaker; onStart: (scan: ScanHandle) => void }) {
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const photos = Object.fromEntries(ANGLES.map((angle) => [angle, fields.get(angle)])) as Record<
      Angle,
      File
    >;
    onStart(client.startScan({ photos, weight: { kg: Number(fields.get('weightKg')) } }));
  };
  return (
    <>
      <h1>{words.capture}</h1>
      <p>{words.captureHow}</p>
      <form onSubmit={submit}>
        {ANGLES.map((angle) => (
          <label key={angle}>
            {say('screen', `photo.${angle}`)}
            <input name={angle} type="file" accept="image/*" required />
          </label>
        ))}
        <NumberField label={words.weight} name="weightKg" {...WEIGHT_KG} />
        <button>{words.start}</button>
      </form>
      <button
        type="button"
        className="quiet"
        onClick={() => void client.setConsent({ granted: false, policyVersion: POLICY_VERSION })}
      >
        {words.consentWithdraw}
      </button>
    </>
  );
}
