/**
 * The page's root component: sign-in, then setting up a second factor where it is required and missing, then the desk.
 */

import { onAuthStateChanged, signOut, type User } from 'firebase/auth';
import type { OperatorSelf } from '@reddyfit/shared/operator/acts';
import { useEffect, useMemo, useState } from 'react';
import type { Session } from '../../web/src/session.ts';
import { Told } from '../../web/src/told.tsx';
import { deskApi, Refused } from './api.ts';
import { Desk } from './desk.tsx';
import { Refusal } from './refusal.tsx';
import { EnrolSecondFactor } from './second-factor.tsx';
import { SignIn } from './sign-in.tsx';

export function App({ session }: { session: Session }) {
  const { auth } = session;
  const [user, setUser] = useState<User | null>(auth.currentUser);
  useEffect(() => onAuthStateChanged(auth, setUser), [auth]);
  if (!user) return <SignIn session={session} />;
  return <Admitted key={user.uid} session={session} user={user} />;
}

function Admitted({ session: { auth }, user }: { session: Session; user: User }) {
  const api = useMemo(() => deskApi(auth), [auth]);
  const [self, setSelf] = useState<OperatorSelf | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    api.me().then(setSelf, setError);
  }, [api]);
  // A reload, so that nothing that was shown stays in the page's memory.
  const leave = () => void signOut(auth).then(() => location.replace('/operator/'));
  if (self) return <Desk api={api} self={self} onLeave={leave} />;
  return (
    <main className="welcome">
      <p className="brand">ReddyFit desk</p>
      <Told>{error === null && <p>Signing in…</p>}</Told>
      {error !== null && <Refusal error={error} />}
      {error instanceof Refused && error.kind === 'second-factor-missing' && (
        <EnrolSecondFactor user={user} onDone={leave} />
      )}
      {error !== null && (
        <button type="button" className="quiet" onClick={leave}>
          Sign out
        </button>
      )}
    </main>
  );
}
