/** Asks for the consent to a scan, and says what is kept and where it goes. */

import { useState } from 'react';
import type { Shared } from './shared.ts';

/** Of the text below: change it with the text, and everyone is asked again. */
export const POLICY_VERSION = '2026-11';

export function Consent({ services: { client }, words }: Shared) {
  const [failed, setFailed] = useState(false);
  const agree = () =>
    client.setConsent({ granted: true, policyVersion: POLICY_VERSION }).catch(() => setFailed(true));
  return (
    <>
      <h1>{words.consent}</h1>
      <p>{words.consentWhat}</p>
      <p>{words.consentKept}</p>
      {failed && <p role="alert">{words.broken}</p>}
      <button type="button" onClick={() => void agree()}>
        {words.consentAgree}
      </button>
    </>
  );
}
