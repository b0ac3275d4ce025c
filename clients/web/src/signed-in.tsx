/** Shows what the user needs next: profile, consent, photos, or the scan that runs. */

import type { ScanHandle } from '@reddyfit/client';
import { ReddyFitProvider } from '@reddyfit/client/react';
import { SCAN_CONSENT } from '@reddyfit/shared/account/users';
import { paths } from '@reddyfit/shared/names/paths';
import type { AppWords } from '@reddyfit/shared/words/app/en';
import { readerOf } from '@reddyfit/shared/words/reader';
import { speakerFor } from '@reddyfit/shared/words/speaker';
import { signOut } from 'firebase/auth';
import { doc, onSnapshot } from 'firebase/firestore';
import { useEffect, useMemo, useState } from 'react';
import { Capture } from './capture.tsx';
import { Consent, POLICY_VERSION } from './consent.tsx';
import { Profile } from './profile.tsx';
import { ScanPage } from './scan-page.tsx';
import { type Services, servicesOf } from './services.ts';
import type { Session } from './session.ts';
import type { Shared } from './shared.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A document of the user: undefined until the server was heard, empty when there is none. */
function useFields({ firestore }: Services, path: string): Fields | undefined {
  const [fields, setFields] = useState<Fields>();
  useEffect(
    () =>
      onSnapshot(doc(firestore, path), (found) => {
        if (found.exists() || !found.metadata.fromCache) setFields(found.data() ?? {});
      }),
    [firestore, path],
  );
  return fields;
}

export default function SignedIn({
  session,
  ...rest
}: {
  session: Session;
  words: AppWords;
  uid: string;
  locale: string;
}) {
  const services = servicesOf(session, rest.locale);
  const leave = async () => {
    await services.client.forgetDevice();
    await signOut(session.auth);
    // Nothing of this user stays in the page's memory.
    location.replace('/');
  };
  return (
    <ReddyFitProvider client={services.client}>
      <Next services={services} {...rest} />
      <footer>
        <button type="button" className="quiet" onClick={() => void leave()}>
          {rest.words.signOut}
        </button>
      </footer>
    </ReddyFitProvider>
  );
}

function Next({ services, words, uid, locale }: Shared & { uid: string; locale: string }) {
  const { client } = services;
  const profile = useFields(services, paths.user(uid));
  const consent = useFields(services, paths.consent(uid, SCAN_CONSENT));
  const [scan, setScan] = useState<ScanHandle | string | null | undefined>();
  const speaker = useMemo(
    () => speakerFor(readerOf({ locale, units: profile?.['units'] })),
    [locale, profile],
  );

  // What was begun before the page was loaded anew goes on; else the scan of the address is shown.
  useEffect(() => {
    void (async () => {
      const [draft] = await client.drafts();
      setScan(draft ? client.resumeScan(draft.id) : new URLSearchParams(location.search).get('scan'));
    })();
  }, [client]);

  if (!profile || !consent || scan === undefined) return <p role="status">{words.loading}</p>;
  if (!profile['sex'] || !profile['birthDate'] || !profile['heightCm'])
    return <Profile services={services} words={words} locale={locale} />;
  if (consent['granted'] !== true || consent['policyVersion'] !== POLICY_VERSION)
    return <Consent services={services} words={words} />;

  const show = (next: ScanHandle | string | null) => {
    history.replaceState(null, '', '/');
    setScan(next);
  };
  if (scan === null) return <Capture services={services} words={words} speaker={speaker} onStart={show} />;
  return (
    <ScanPage services={services} words={words} speaker={speaker} scan={scan} onAgain={() => show(null)} />
  );
}
