/**
 * Signs in with Google, and with the code of an authenticator app where the account has one. On a stack on one machine
 * with a password.
 */

import {
  getMultiFactorResolver,
  GoogleAuthProvider,
  type MultiFactorError,
  type MultiFactorResolver,
  signInWithEmailAndPassword,
  signInWithPopup,
} from 'firebase/auth';
import { type SyntheticEvent, useState } from 'react';
import type { Session } from '../../web/src/session.ts';
import { SecondFactor } from './second-factor.tsx';

export function SignIn({ session: { auth, emulators } }: { session: Session }) {
  const [failed, setFailed] = useState(false);
  const [resolver, setResolver] = useState<MultiFactorResolver | null>(null);
  const attempt = async (signIn: () => Promise<unknown>) => {
    setFailed(false);
    try {
      await signIn();
    } catch (error) {
      if ((error as { code?: unknown }).code === 'auth/multi-factor-auth-required')
        setResolver(getMultiFactorResolver(auth, error as MultiFactorError));
      else setFailed(true);
    }
  };
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const [email, password] = [String(fields.get('email')), String(fields.get('password'))];
    void attempt(() => signInWithEmailAndPassword(auth, email, password));
  };
  return (
    <main className="welcome">
      <p className="brand">ReddyFit desk</p>
      <h1>Sign in</h1>
      {failed && (
        <p role="alert" className="notice">
          That did not work. Try again.
        </p>
      )}
      {resolver && <SecondFactor resolver={resolver} onFailed={() => setFailed(true)} />}
      {!resolver && emulators && (
        <form onSubmit={submit} className="card">
          <label className="field">
            E-mail
            <input name="email" type="email" autoComplete="username" required />
          </label>
          <label className="field">
            Password
            <input name="password" type="password" autoComplete="current-password" required />
          </label>
          <button>Sign in</button>
        </form>
      )}
      {!resolver && !emulators && (
        <button
          type="button"
          onClick={() => void attempt(() => signInWithPopup(auth, new GoogleAuthProvider()))}
        >
          Sign in with Google
        </button>
      )}
    </main>
  );
}
