/** Shows the user's next step towards a scan: profile, consent, photos, or the running scan. */

import type { ScanHandle } from '@reddyfit/client';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import { useEffect, useState } from 'react';
import { Capture } from '../photos/capture.tsx';
import { Consent } from '../account/consent.tsx';
import { useScans } from '../documents.ts';
import { POLICY_VERSION } from '../account/policy-version.ts';
import { Profile } from '../account/profile.tsx';
import { go } from '../address.ts';
import { addressOf, useRoute } from '../route.ts';
import { ScanPage } from './scan-page.tsx';
import type { ScreenProps } from '../screen-props.ts';
import { Waiting } from '../waiting.tsx';

type Fields = Readonly<Record<string, unknown>>;

/** The scan that this page has started. It is kept here because another screen may be shown meanwhile. */
let begun: ScanHandle | null = null;

export function NextScan({
  uid,
  locale,
  profile,
  consent,
  ...shared
}: ScreenProps & { uid: string; locale: string; profile: Fields; consent: Fields }) {
  const { client } = shared.services;
  const { scanId } = useRoute();
  const [handle, setHandle] = useState(begun);
  const [looked, setLooked] = useState(begun !== null);
  const newest = useScans(shared.services, uid, 1);

  const begin = (next: ScanHandle | null) => {
    begun = next;
    setHandle(next);
  };

  // Resumes a scan that was started before the page was reloaded.
  useEffect(() => {
    if (looked) return;
    void client.drafts().then(([draft]) => {
      if (draft) {
        begun = client.resumeScan(draft.id);
        setHandle(begun);
      }
      setLooked(true);
    });
  }, [client, looked]);

  if (!profile['sex'] || !profile['birthDate'] || !profile['heightCm'])
    return <Profile {...shared} locale={locale} profile={profile} />;
  if (scanId === null && (consent['granted'] !== true || consent['policyVersion'] !== POLICY_VERSION))
    return <Consent {...shared} />;

  const again = () => {
    begin(null);
    go(addressOf.scan(null));
  };
  const start = (next: ScanHandle) => {
    go(addressOf.scan(null), { replace: true });
    begin(next);
  };
  const shown = handle && (scanId === null || handle.getSnapshot().scanId === scanId) ? handle : scanId;
  // A scan that another device has started is shown here, too.
  const elsewhere = newest?.[0];
  const running = elsewhere && !isTerminal(elsewhere.status) ? elsewhere.id : null;
  const scan = shown ?? (looked ? running : null);
  if (scan !== null)
    return (
      <ScanPage
        key={typeof scan === 'string' ? scan : 'begun'}
        {...shared}
        scan={scan}
        onStart={start}
        onAgain={again}
      />
    );
  if (!looked || newest === undefined) return <Waiting words={shared.words} />;
  return <Capture {...shared} onStart={start} />;
}
