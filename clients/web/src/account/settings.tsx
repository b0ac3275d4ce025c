/** The settings: profile, preferences, consent, the user's data, sign-out and deletion of the account. */

import type { UserProfile } from '@reddyfit/shared/account/users';
import { UNITS } from '@reddyfit/shared/words/reader';
import { useEffect, useState } from 'react';
import { wipeGhosts } from '../photos/ghosts.ts';
import { Heading } from '../heading.tsx';
import { POLICY_VERSION } from './policy-version.ts';
import { ProfileForm } from './profile.tsx';
import { saidBy } from '../said.ts';
import type { ScreenProps } from '../screen-props.ts';
import { Sure } from '../sure.tsx';
import { Told } from '../told.tsx';
import { LANGUAGES } from '../words.ts';

type Fields = Readonly<Record<string, unknown>>;

export default function Settings({
  locale,
  email,
  profile,
  consent,
  onLeave,
  ...shared
}: ScreenProps & {
  locale: string;
  email: string | null;
  profile: Fields;
  consent: Fields;
  /** Signs out. */
  onLeave: () => void;
}) {
  const { services, words, speaker } = shared;
  const { client } = services;
  const [error, setError] = useState('');
  const [copy, setCopy] = useState<string>();
  const [unsent, setUnsent] = useState(false);
  useEffect(() => {
    // When the drafts cannot be read, there may be some.
    const isThere = (drafts: readonly unknown[]) => setUnsent(drafts.length > 0);
    void client.drafts().then(isThere, () => setUnsent(true));
  }, [client]);
  const [deleting, setDeleting] = useState(profile['deletion'] !== undefined);
  const attempt = (work: () => Promise<unknown>) => {
    setError('');
    void work().catch((cause: unknown) => setError(saidBy(cause, words)));
  };
  const save = (fields: Partial<UserProfile>) => attempt(() => client.saveProfile(fields));
  // The profile is deleted last; once it is gone, the account no longer exists.
  const gone = deleting && Object.keys(profile).length === 0;
  useEffect(() => {
    if (gone) onLeave();
  }, [gone]);

  if (deleting)
    return (
      <p role="status" className="waiting">
        {words.deleting}
      </p>
    );
  return (
    <>
      <Heading>{words.tabSettings}</Heading>
      {error && (
        <p role="alert" className="notice">
          {error}
        </p>
      )}
      <div className="columns">
        <section>
          <h2>{words.preferences}</h2>
          <div className="card">
            <label className="field">
              {words.units}
              <select
                value={speaker.reader.units}
                onChange={({ target }) => save({ units: UNITS.find((each) => each === target.value) })}
              >
                {UNITS.map((units) => (
                  <option key={units} value={units}>
                    {words[units]}
                  </option>
                ))}
              </select>
            </label>
            <label className="field">
              {words.language}
              <select
                value={new Intl.Locale(locale).language}
                onChange={({ target }) => save({ locale: target.value })}
              >
                {LANGUAGES.map((language) => (
                  <option key={language} value={language} lang={language}>
                    {new Intl.DisplayNames([language], { type: 'language' }).of(language)}
                  </option>
                ))}
              </select>
            </label>
            <label className="choice">
              <input
                type="checkbox"
                checked={profile['pushPreview'] === 'private'}
                onChange={({ target }) => save({ pushPreview: target.checked ? 'private' : 'full' })}
              />
              <span>{words.lockScreen}</span>
            </label>
          </div>
        </section>
        <section>
          <h2>{words.profile}</h2>
          <ProfileForm {...shared} key={speaker.reader.units} locale={locale} profile={profile} />
        </section>
        <section>
          <h2>{words.consent}</h2>
          <div className="card">
            {consent['granted'] === true ? (
              <>
                <p>{words.consentGiven}</p>
                <button
                  type="button"
                  className="quiet"
                  onClick={() =>
                    attempt(async () => {
                      await client.setConsent({ granted: false, policyVersion: POLICY_VERSION });
                      await wipeGhosts();
                    })
                  }
                >
                  {words.consentWithdraw}
                </button>
              </>
            ) : (
              <p>{words.consentNone}</p>
            )}
          </div>
        </section>
        <section>
          <h2>{words.yourData}</h2>
          <div className="card">
            <Told>{copy && <p>{words.exportReady}</p>}</Told>
            {copy ? (
              <a className="button quiet" href={copy} download="reddyfit-data.json">
                {words.download}
              </a>
            ) : (
              <button
                type="button"
                className="quiet"
                onClick={() => attempt(async () => setCopy((await client.exportMyData()).url))}
              >
                {words.exportData}
              </button>
            )}
          </div>
        </section>
        <section>
          <h2>{words.account}</h2>
          <div className="card">
            {email && <p className="hint">{email}</p>}
            {unsent ? (
              <Sure
                label={words.signOut}
                question={words.signOutSure}
                yes={words.signOut}
                no={words.keep}
                onYes={onLeave}
              />
            ) : (
              <button type="button" className="quiet" onClick={onLeave}>
                {words.signOut}
              </button>
            )}
            <Sure
              label={words.deleteAccount}
              question={words.deleteAccountSure}
              yes={words.deleteForGood}
              no={words.keep}
              onYes={() =>
                attempt(async () => {
                  await client.deleteMyAccount();
                  setDeleting(true);
                })
              }
            />
          </div>
        </section>
      </div>
    </>
  );
}
