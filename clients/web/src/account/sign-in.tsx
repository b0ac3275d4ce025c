/**
 * Signs in by a link in an e-mail or with Google. On a stack on one machine also with a password, which makes a new
 * account if necessary.
 */

import {
  createUserWithEmailAndPassword,
  GoogleAuthProvider,
  signInWithEmailAndPassword,
  signInWithPopup,
} from 'firebase/auth';
import type { AppWords } from '@reddyfit/shared/words/app/en';
import { type SyntheticEvent, useEffect, useState } from 'react';
import { linkOpened, sendLink, signInByLink } from './email-link.ts';
import type { Session } from '../session.ts';
import { Told } from '../told.tsx';
import { Welcome } from './welcome.tsx';

export function SignIn({ session: { auth, emulators }, words }: { session: Session; words: AppWords }) {
  const [failed, setFailed] = useState('');
  const [sentTo, setSentTo] = useState('');
  const [link, setLink] = useState(() => linkOpened(auth));
  const attempt = async (signIn: () => Promise<unknown>, otherwise: string) => {
    setFailed('');
    try {
      await signIn();
    } catch {
      setFailed(otherwise);
    }
  };
  const followLink = (email: string) => {
    setLink(null);
    void attempt(() => signInByLink(auth, email), words.linkOld);
  };
  useEffect(() => {
    if (link?.email) followLink(link.email);
  }, []);

  const submit = (event: SyntheticEvent<HTMLFormElement, SubmitEvent>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const [email, password] = [String(fields.get('email')), String(fields.get('password'))];
    if (link) return followLink(email);
    const byLink = !emulators || event.nativeEvent.submitter?.getAttribute('name') === 'link';
    if (byLink)
      return void attempt(async () => {
        await sendLink(auth, email);
        setSentTo(email);
      }, words.linkNotSent);
    void attempt(
      () =>
        signInWithEmailAndPassword(auth, email, password).catch((error: { code?: unknown }) => {
          if (error.code !== 'auth/user-not-found') throw error;
          return createUserWithEmailAndPassword(auth, email, password);
        }),
      words.signInFailed,
    );
  };
  const withPassword = emulators !== undefined && link === null;
  return (
    <Welcome words={words}>
      {failed && (
        <p role="alert" className="notice">
          {failed}
        </p>
      )}
      <Told>
        {sentTo && <p className="notice">{words.linkSent.replace('{email}', sentTo)}</p>}
        {link !== null && <p>{words.linkWhose}</p>}
      </Told>
      <form onSubmit={submit} className="card">
        <label className="field">
          {words.email}
          <input name="email" type="email" autoComplete="username" required />
        </label>
        {withPassword && (
          <>
            <label className="field">
              {words.password}
              <input name="password" type="password" autoComplete="current-password" minLength={6} required />
            </label>
            <button>{words.signIn}</button>
            <p className="hint">{words.localAccount}</p>
          </>
        )}
        {link === null ? (
          // This button needs no password, so the form's validation is skipped.
          <button name="link" formNoValidate={withPassword} className={withPassword ? 'quiet' : undefined}>
            {words.sendLink}
          </button>
        ) : (
          <button>{words.signIn}</button>
        )}
      </form>
      {!emulators && (
        <button
          type="button"
          className="quiet"
          onClick={() =>
            void attempt(() => signInWithPopup(auth, new GoogleAuthProvider()), words.signInFailed)
          }
        >
          {words.google}
        </button>
      )}
    </Welcome>
  );
}
