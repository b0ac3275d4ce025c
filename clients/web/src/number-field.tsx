/**
 * A field for a number between two bounds, with its label above it. It is read and written as in the reader's language, and takes a
 * point for a comma, a comma for a point, and digits of any script: the keypad of a phone has only those of the phone's own region.
 */

import { Field } from '@base-ui/react/field';
import { NumberField as Base } from '@base-ui/react/number-field';
import { typedNumber } from '@reddyfit/client';
import { useState } from 'react';
import { Fault } from './fault.tsx';
import type { ScreenProps } from './screen-props.ts';

/** No number here is so large that its thousands would be set apart. Base UI understands no digits of Devanagari. */
const FORMAT = { useGrouping: false, numberingSystem: 'latn' } as const;

/**
 * The keys that are the browser's alone. By Base UI, Home and End would put the bounds into the field, and arrows another number, which nobody
 * expects in a text and no screen reader says; and digits of Devanagari would be none.
 */
const OWN_KEYS = /^(?:Home|End|ArrowUp|ArrowDown|\p{Nd})$/u;

export function NumberField({
  label,
  words,
  speaker,
  name,
  min,
  max,
  defaultValue,
}: Pick<ScreenProps, 'words' | 'speaker'> & {
  label: string;
  name: string;
  min: number;
  max: number;
  defaultValue?: number | undefined;
}) {
  const { locale } = speaker.reader;
  const numbers = new Intl.NumberFormat(locale, FORMAT);
  const separator = numbers.formatToParts(0.5).find(({ type }) => type === 'decimal')!.value;
  const [value, setValue] = useState(defaultValue ?? null);
  return (
    <Field.Root name={name} className="field">
      <Field.Label>{label}</Field.Label>
      {/* What lies beyond a bound is told, and not changed to it. */}
      <Base.Root
        // What was typed in one language is not read as in another.
        key={locale}
        locale={locale}
        format={FORMAT}
        min={min}
        max={max}
        allowOutOfRange
        step="any"
        required
        value={value}
        onValueChange={setValue}
      >
        <Base.Input
          inputMode="decimal"
          // Base UI says “Number field” there, whatever the language.
          aria-roledescription={undefined}
          onKeyDown={(event) => {
            if (OWN_KEYS.test(event.key)) event.preventBaseUIHandler();
          }}
          onChange={(event) => {
            const { currentTarget: input } = event;
            const typed = typedNumber(input.value, separator);
            // React then puts back what was there.
            if (typed === null) return event.preventBaseUIHandler();
            if (typed !== input.value) {
              const at = input.selectionStart;
              input.value = typed;
              input.setSelectionRange(at, at);
            }
            // A separator alone is no number, nor is it the one that was there before.
            if (!/\d/.test(typed)) setValue(null);
          }}
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
