/** Asks for what the equations need. */

import { ReddyFitError } from '@reddyfit/client';
import { HEIGHT_CM } from '@reddyfit/shared/account/users';
import { type SyntheticEvent, useState } from 'react';
import { NumberField } from './number-field.tsx';
import type { Shared } from './shared.ts';

const SEXES = ['female', 'male', 'unspecified'] as const;

export function Profile({ services: { client }, words, locale }: Shared & { locale: string }) {
  const [error, setError] = useState('');
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setError('');
    try {
      await client.saveProfile({
        sex: fields.get('sex') as (typeof SEXES)[number],
        birthDate: String(fields.get('birthDate')),
        heightCm: Number(fields.get('heightCm')),
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        locale,
      });
    } catch (cause) {
      setError(cause instanceof ReddyFitError ? cause.message : words.broken);
    }
  };
  return (
    <>
      <h1>{words.profile}</h1>
      <p>{words.profileWhy}</p>
      {error && <p role="alert">{error}</p>}
      <form onSubmit={(event) => void submit(event)}>
        <fieldset>
          <legend>{words.sex}</legend>
          {SEXES.map((sex) => (
            <label key={sex} className="choice">
              <input type="radio" name="sex" value={sex} required />
              {words[sex]}
            </label>
          ))}
        </fieldset>
        <label>
          {words.birthDate}
          <input name="birthDate" type="date" min="1905-01-01" autoComplete="bday" required />
        </label>
        <NumberField label={words.height} name="heightCm" {...HEIGHT_CM} />
        <button>{words.save}</button>
      </form>
    </>
  );
}
