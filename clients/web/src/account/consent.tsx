/**
 * Asks for the consent to a scan. Tells at once, in four points, what is looked at, what is kept, where it goes, and how to withdraw;
 * all of it in full is behind a disclosure, under the same version.
 */

import { useState } from 'react';
import { Heading } from '../heading.tsx';
import { POLICY_VERSION } from './policy-version.ts';
import type { ScreenProps } from '../screen-props.ts';

export function Consent({ services: { client }, words }: ScreenProps) {
  const [failed, setFailed] = useState(false);
  const agree = () =>
    client.setConsent({ granted: true, policyVersion: POLICY_VERSION }).catch(() => setFailed(true));
  return (
    <>
      <Heading>{words.consent}</Heading>
      <section className="card">
        <ul>
          <li>{words.consentBriefSeen}</li>
          <li>{words.consentBriefKept}</li>
          <li>{words.consentBriefGoes}</li>
          <li>{words.consentBriefUndo}</li>
        </ul>
        <details>
          <summary>{words.consentFull}</summary>
          <h2>{words.consentSeen}</h2>
          <p>{words.consentWhat}</p>
          <h2>{words.consentStays}</h2>
          <p>{words.consentKept}</p>
          <h2>{words.consentGoes}</h2>
          <p>{words.consentGoesTo}</p>
          <h2>{words.consentUndo}</h2>
          <p>{words.consentUndoHow}</p>
        </details>
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
