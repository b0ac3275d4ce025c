/** The page's root component: sign-in, or the screens of a signed-in user. */

import type { AppWords } from '@reddyfit/shared/words/app/en';
import { onAuthStateChanged, type User } from 'firebase/auth';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { Session } from './session.ts';
import { noteSignedIn } from './account/signed-in-before.ts';
import { SignIn } from './account/sign-in.tsx';
import { Loadable, Waiting } from './waiting.tsx';

export { openSession } from './session.ts';

const SignedIn = lazy(() => import('./signed-in.tsx'));

export function App({ session, words, locale }: { session: Session; words: AppWords; locale: string }) {
  const [user, setUser] = useState<User | null>(session.auth.currentUser);
  useEffect(() => {
    let before = session.auth.currentUser;
    return onAuthStateChanged(session.auth, (now) => {
      // Signed out, perhaps in another tab. A reload, so that no data of this user stays in the page's memory.
      if (before && before.uid !== now?.uid) {
        noteSignedIn(false);
        return location.replace('/');
      }
      before = now;
      setUser(now);
    });
  }, [session]);
  useEffect(() => noteSignedIn(user !== null), [user]);
  if (!user) return <SignIn session={session} words={words} />;
  return (
    <Loadable words={words}>
      <Suspense
        fallback={
          <main>
            <Waiting words={words} />
          </main>
        }
      >
        <SignedIn key={user.uid} user={user} session={session} words={words} locale={locale} />
      </Suspense>
    </Loadable>
  );
}
