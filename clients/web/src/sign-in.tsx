/** Signs in: with Google; on a stack of one machine with an e-mail and a password, which make the account if it is new. */

import {
  createUserWithEmailAndPassword,
  GoogleAuthProvider,
  signInWithEmailAndPassword,
  signInWithPopup,
} from 'firebase/auth';
import { type SyntheticEvent, useState } from 'react';
import type { Session } from './session.ts';
import type { AppWords } from '@reddyfit/shared/words/app/en';

export function SignIn({ session: { auth, emulators }, words }: { session: Session; words: AppWords }) {
  const [failed, setFailed] = useState(false);
  const attempt = async (signIn: () => Promise<unknown>) => {
    setFailed(false);
    try {
      await signIn();
    } catch {
      setFailed(true);
    }
  };
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const [email, password] = [String(fields.get('email')), String(fields.get('password'))];
    void attempt(() =>
      signInWithEmailAndPassword(auth, email, password).catch((error: { code?: unknown }) => {
        if (error.code !== 'auth/user-not-found') throw error;
        return createUserWithEmailAndPassword(auth, email, password);
      }),
    );
  };
  return (
    <main className="welcome">
      <p className="brand">ReddyFit</p>
      <h1>{words.signIn}</h1>
      <p className="lead">{words.welcome}</p>
      {failed && (
        <p role="alert" className="notice">
          {words.signInFailed}
        </p>
      )}
      {emulators ? (
        <form onSubmit={submit} className="card">
          <label className="field">
            {words.email}
            <input name="email" type="email" autoComplete="username" required />
          </label>
          <label className="field">
            {words.password}
            <input name="password" type="password" autoComplete="current-password" minLength={6} required />
          </label>
          <button>{words.signIn}</button>
          <p className="hint">{words.localAccount}</p>
        </form>
      ) : (
        <button
          type="button"
          onClick={() => void attempt(() => signInWithPopup(auth, new GoogleAuthProvider()))}
        >
          {words.google}
        </button>
      )}
    </main>
  );
}
