/** The code of an authenticator app (TOTP): requested at sign-in, and set up by users who have none. */

import {
  multiFactor,
  type MultiFactorResolver,
  TotpMultiFactorGenerator,
  type TotpSecret,
  type User,
} from 'firebase/auth';
import { type SyntheticEvent, useState } from 'react';

function CodeForm({ action, onCode }: { action: string; onCode: (code: string) => void }) {
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    onCode(String(new FormData(event.currentTarget).get('code')));
  };
  return (
    <form onSubmit={submit} className="card">
      <label className="field">
        Code of your authenticator
        <input name="code" inputMode="numeric" autoComplete="one-time-code" pattern="[0-9]{6}" required />
      </label>
      <button>{action}</button>
    </form>
  );
}

export function SecondFactor({
  resolver,
  onFailed,
}: {
  resolver: MultiFactorResolver;
  onFailed: () => void;
}) {
  const hint = resolver.hints.find(({ factorId }) => factorId === TotpMultiFactorGenerator.FACTOR_ID);
  if (!hint)
    return <p role="alert">This account has no authenticator: ask for its second factor to be removed.</p>;
  const resolve = (code: string) =>
    void resolver
      .resolveSignIn(TotpMultiFactorGenerator.assertionForSignIn(hint.uid, code))
      .catch(() => onFailed());
  return <CodeForm action="Sign in" onCode={resolve} />;
}

/** Sets up a second factor. The user must sign in again afterwards, because the present token has none. */
export function EnrolSecondFactor({ user, onDone }: { user: User; onDone: () => void }) {
  const [secret, setSecret] = useState<TotpSecret | null>(null);
  const [failed, setFailed] = useState(false);
  const begin = async () => {
    setFailed(false);
    try {
      setSecret(await TotpMultiFactorGenerator.generateSecret(await multiFactor(user).getSession()));
    } catch {
      setFailed(true);
    }
  };
  const enrol = async (code: string) => {
    setFailed(false);
    try {
      const assertion = TotpMultiFactorGenerator.assertionForEnrollment(secret!, code);
      await multiFactor(user).enroll(assertion, 'authenticator');
      onDone();
    } catch {
      setFailed(true);
    }
  };
  return (
    <>
      {failed && (
        <p role="alert" className="notice">
          That did not work. Sign out, sign in, and try again.
        </p>
      )}
      {secret ? (
        <>
          <p>Add this key to your authenticator, then enter its code:</p>
          <p>
            <code>{secret.secretKey}</code>
          </p>
          <CodeForm action="Set up" onCode={(code) => void enrol(code)} />
        </>
      ) : (
        <button type="button" onClick={() => void begin()}>
          Set up an authenticator
        </button>
      )}
    </>
  );
}
