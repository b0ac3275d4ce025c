/** Asks for the profile that the equations need. The settings use the same form. */

import { Field } from '@base-ui/react/field';
import { Form } from '@base-ui/react/form';
import { HEIGHT_CM } from '@reddyfit/shared/account/users';
import { type SyntheticEvent, useRef, useState } from 'react';
import { Fault } from '../fault.tsx';
import { Heading } from '../heading.tsx';
import { cmOf, feetAndInches } from '../scan/measures.ts';
import { NumberField } from '../number-field.tsx';
import { saidBy } from '../said.ts';
import type { ScreenProps } from '../screen-props.ts';
import { Told } from '../told.tsx';

const SEXES = ['female', 'male', 'unspecified'] as const;

/** The earliest birth date that a page takes; the client knows the greatest age. */
const FIRST_DAY = '1905-01-01';

export function Profile(of: ScreenProps & { locale: string; profile: Readonly<Record<string, unknown>> }) {
  return (
    <>
      <Heading>{of.words.profile}</Heading>
      <p className="lead">{of.words.profileWhy}</p>
      <ProfileForm {...of} />
    </>
  );
}

export function ProfileForm({
  services: { client },
  words,
  speaker,
  locale,
  profile,
}: ScreenProps & { locale: string; profile: Readonly<Record<string, unknown>> }) {
  const [outcome, setOutcome] = useState<{ error: string } | 'saved'>();
  const { units } = speaker.reader;
  const day = new Intl.DateTimeFormat(speaker.reader.locale, { dateStyle: 'long', timeZone: 'UTC' });
  const said = { words, speaker };
  const known = typeof profile['heightCm'] === 'number' ? profile['heightCm'] : undefined;
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const number = (name: string) => Number(fields.get(name));
    setOutcome(undefined);
    try {
      await client.saveProfile({
        sex: fields.get('sex') as (typeof SEXES)[number],
        birthDate: String(fields.get('birthDate')),
        heightCm: units === 'metric' ? number('heightCm') : cmOf(number('heightFt'), number('heightIn')),
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        locale,
      });
      setOutcome('saved');
    } catch (cause) {
      setOutcome({ error: saidBy(cause, words) });
    }
  };
  const imperial = known === undefined ? undefined : feetAndInches(known);
  const sexes = useRef<Field.Root.Actions>(null);
  return (
    <Form onSubmit={(event) => void submit(event)} className="card">
      <Field.Root
        name="sex"
        actionsRef={sexes}
        render={<fieldset onChange={() => sexes.current?.validate()} />}
      >
        <legend>{words.sex}</legend>
        <div className="choices">
          {SEXES.map((sex, index) => {
            // The first one speaks for the group: a choice that is missing is missing at each of them.
            const Radio = index === 0 ? Field.Control : 'input';
            return (
              <label key={sex} className="choice">
                <Radio type="radio" name="sex" value={sex} defaultChecked={profile['sex'] === sex} required />
                <span>{words[sex]}</span>
              </label>
            );
          })}
        </div>
        <Fault missing={words.needed} />
      </Field.Root>
      <Field.Root name="birthDate" className="field">
        <Field.Label>{words.birthDate}</Field.Label>
        <Field.Control
          type="date"
          min={FIRST_DAY}
          max={new Date().toISOString().slice(0, 10)}
          autoComplete="bday"
          defaultValue={String(profile['birthDate'] ?? '')}
          required
        />
        <Fault
          missing={words.needed}
          range={words.dateBetween.replace('{low}', day.format(new Date(FIRST_DAY)))}
        />
      </Field.Root>
      {units === 'metric' ? (
        <NumberField {...said} label={words.height} name="heightCm" {...HEIGHT_CM} defaultValue={known} />
      ) : (
        <div className="pair">
          <NumberField
            {...said}
            label={words.heightFt}
            name="heightFt"
            min={3}
            max={8}
            defaultValue={imperial?.feet}
          />
          <NumberField
            {...said}
            label={words.heightIn}
            name="heightIn"
            min={0}
            max={11.9}
            defaultValue={imperial?.inches}
          />
        </div>
      )}
      {typeof outcome === 'object' && (
        <p role="alert" className="notice">
          {outcome.error}
        </p>
      )}
      <button>{words.save}</button>
      <Told>{outcome === 'saved' && <p>{words.saved}</p>}</Told>
    </Form>
  );
}
