/** Asks for the consent to a scan. Tells its version, what is examined, what is kept, where it goes, and how to withdraw. */

import { useState } from 'react';
import { Heading } from './heading.tsx';
import { POLICY_VERSION } from './policy-version.ts';
import type { Shared } from './shared.ts';

export function Consent({ services: { client }, words }: Shared) {
  const [failed, setFailed] = useState(false);
  const agree = () =>
    client.setConsent({ granted: true, policyVersion: POLICY_VERSION }).catch(() => setFailed(true));
  return (
    <>
      <Heading>{words.consent}</Heading>
      <section className="card">
        <h2>{words.consentSeen}</h2>
        <p>{words.consentWhat}</p>
        <h2>{words.consentStays}</h2>
        <p>{words.consentKept}</p>
        <h2>{words.consentGoes}</h2>
        <p>{words.consentGoesTo}</p>
        <h2>{words.consentUndo}</h2>
        <p>{words.consentUndoHow}</p>
        <p className="hint">{words.consentVersion.replace('{version}', POLICY_VERSION)}</p>
      </section>
      {failed && (
        <p role="alert" className="notice">
          {words.broken}
        </p>
      )}
      <button type="button" onClick={() => void agree()}>
        {words.consentAgree}
      </button>
    </>
  );
}
