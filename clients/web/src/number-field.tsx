/**
 * A field for a number between two bounds, with its label above it. It is read and written as in the reader's language, and takes a
 * point for a comma, and a comma for a point: the keypad of a phone has only the one of the phone's own region.
 */

import { Field } from '@base-ui/react/field';
import { NumberField as Base } from '@base-ui/react/number-field';
import type { ChangeEvent } from 'react';
import { Fault } from './fault.tsx';
import type { Shared } from './shared.ts';

/** No number here is so large that its thousands would be set apart. Base UI understands no digits of Devanagari. */
const FORMAT = { useGrouping: false, numberingSystem: 'latn' } as const;

export function NumberField({
  label,
  words,
  speaker,
  name,
  min,
  max,
  defaultValue,
}: Pick<Shared, 'words' | 'speaker'> & {
  label: string;
  name: string;
  min: number;
  max: number;
  defaultValue?: number | undefined;
}) {
  const { locale } = speaker.reader;
  const numbers = new Intl.NumberFormat(locale, FORMAT);
  return (
    <Field.Root name={name} className="field">
      <Field.Label>{label}</Field.Label>
      {/* What lies beyond a bound is told, and not changed to it. */}
      <Base.Root
        locale={locale}
        format={FORMAT}
        min={min}
        max={max}
        allowOutOfRange
        step="any"
        required
        defaultValue={defaultValue}
      >
        <Base.Input
          inputMode="decimal"
          // Base UI says “Number field” there, whatever the language.
          aria-roledescription={undefined}
          onChange={(event) => writeSeparator(event, numbers)}
          // What is pasted then comes as a change, too.
          onPaste={(event) => event.preventBaseUIHandler()}
        />
      </Base.Root>
      <Fault
        missing={words.needed}
        range={words.between.replace('{low}', numbers.format(min)).replace('{high}', numbers.format(max))}
      />
    </Field.Root>
  );
}

/** Puts the separator of the reader's language where another one was typed, and drops a second one. */
function writeSeparator({ currentTarget: input }: ChangeEvent<HTMLInputElement>, numbers: Intl.NumberFormat) {
  const [whole = '', ...rest] = input.value.split(/[.,]/);
  if (rest.length === 0) return;
  const separator = numbers.formatToParts(0.5).find(({ type }) => type === 'decimal')!.value;
  const written = whole + separator + rest.join('');
  if (written === input.value) return;
  const at = input.selectionStart;
  input.value = written;
  input.setSelectionRange(at, at);
}
