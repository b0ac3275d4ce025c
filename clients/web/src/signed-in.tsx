/** The three screens of a signed-in user: scan, history, settings. */

import type { AppWords } from '@reddyfit/shared/words/app/en';
import { ReddyFitProvider } from '@reddyfit/client/react';
import { SCAN_CONSENT } from '@reddyfit/shared/account/users';
import { paths } from '@reddyfit/shared/names/paths';
import { readerOf } from '@reddyfit/shared/words/reader';
import { speakerFor } from '@reddyfit/shared/words/speaker';
import { signOut, type User } from 'firebase/auth';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useFields } from './documents.ts';
import { wipeGhosts } from './photos/ghosts.ts';
import { Icon } from './icons.tsx';
import { NextScan } from './scan/next-scan.tsx';
import { PushContext, usePush } from './account/push.tsx';
import { go } from './address.ts';
import { addressOf, type Screen, useRoute } from './route.ts';
import { servicesOf } from './services.ts';
import type { Session } from './session.ts';
import { Waiting } from './waiting.tsx';
import { wordsFor } from './words.ts';

const History = lazy(() => import('./scan/history.tsx'));
const Settings = lazy(() => import('./account/settings.tsx'));

export default function SignedIn({
  session,
  user,
  ...of
}: {
  session: Session;
  user: User;
  /** In the browser's language; replaced by those of the profile's language. */
  words: AppWords;
  locale: string;
}) {
  const { uid } = user;
  const services = servicesOf(session, of.locale);
  const route = useRoute();
  const profile = useFields(services, paths.user(uid));
  const consent = useFields(services, paths.consent(uid, SCAN_CONSENT));
  const chosen = profile?.['locale'];
  const locale = typeof chosen === 'string' ? chosen : of.locale;
  const words = useWords(of.words, locale);
  const speaker = useMemo(
    () => speakerFor(readerOf({ locale, units: profile?.['units'] })),
    [locale, profile],
  );

  const push = usePush(session.app, services.client);
  const leave = async () => {
    // First of all, since Firebase may sign out a user who is deleted at any moment, upon which the page is loaded anew.
    await wipeGhosts();
    // Pushes are ended while the user is still signed in.
    await push.end();
    await services.client.forgetDevice();
    // The app then loads the page anew.
    await signOut(session.auth);
  };

  const shared = { services, words, speaker };
  const loading = <Waiting words={words} />;
  const links: [Screen, string, string][] = [
    ['scan', words.tabScan, addressOf.scan(null)],
    ['history', words.tabHistory, addressOf.history()],
    ['settings', words.tabSettings, addressOf.settings()],
  ];
  return (
    <ReddyFitProvider client={services.client}>
      <nav aria-label="ReddyFit">
        <span className="brand">ReddyFit</span>
        {links.map(([screen, name, address]) => (
          <a
            key={screen}
            href={address}
            {...(route.screen === screen && { 'aria-current': 'page' as const })}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey) return;
              event.preventDefault();
              go(address);
            }}
          >
            <Icon name={screen} />
            {name}
          </a>
        ))}
      </nav>
      <main>
        {!profile || !consent ? (
          loading
        ) : (
          <Suspense fallback={loading}>
            {route.screen === 'scan' && (
              <PushContext value={push}>
                <NextScan {...shared} uid={uid} locale={locale} profile={profile} consent={consent} />
              </PushContext>
            )}
            {route.screen === 'history' && <History {...shared} uid={uid} />}
            {route.screen === 'settings' && (
              <Settings
                {...shared}
                locale={locale}
                email={user.email}
                profile={profile}
                consent={consent}
                onLeave={() => void leave()}
              />
            )}
          </Suspense>
        )}
      </main>
    </ReddyFitProvider>
  );
}

/** The words of the locale once they are loaded; `before` until then. */
function useWords(before: AppWords, locale: string): AppWords {
  const [words, setWords] = useState(before);
  useEffect(() => {
    let current = true;
    void wordsFor(locale).then((loaded) => {
      if (!current) return;
      document.documentElement.lang = loaded.language;
      setWords(loaded.words);
    });
    return () => {
      current = false;
    };
  }, [locale]);
  return words;
}
