/** Names the field for which the security rules refused a document, since the rules themselves cannot say which. */

import { birthDateFault } from '@reddyfit/shared/account/birth-date';
import { consent, userProfile } from '@reddyfit/shared/account/users';
import { z } from 'zod';
import { clientError, type ReddyFitError } from './client-error.ts';

/** The code of the sentence, and the field. */
export type Fault = readonly [
  code: 'InvalidRequestError.missing' | `InvalidRequestError.${'field' | 'unknown'}`,
  field: string,
];

/** The fault of a profile, whose fields may all be absent, on the calendar day `today` (YYYY-MM-DD); null when none is known. */
export function profileFault(profile: object, today: string): Fault | null {
  for (const [field, value] of Object.entries(profile)) {
    if (!Object.hasOwn(userProfile.shape, field)) return ['InvalidRequestError.unknown', field];
    const schema = userProfile.shape[field as keyof typeof userProfile.shape];
    // The server takes a preference that it cannot read as absent; the rules refuse to store one.
    const strict = schema instanceof z.ZodCatch ? schema.unwrap() : schema;
    const known = strict.safeParse(value).success;
    if (!known || (field === 'birthDate' && birthDateFault(value, today))) {
      return ['InvalidRequestError.field', field];
    }
  }
  return null;
}

/** The fault of a consent without its time; null when none is known. */
export function consentFault(given: object): Fault | null {
  const fields = consent.omit({ at: true }).shape;
  const unknown = Object.keys(given).find((field) => !Object.hasOwn(fields, field));
  if (unknown !== undefined) return ['InvalidRequestError.unknown', unknown];
  for (const [field, schema] of Object.entries(fields)) {
    const value = (given as Record<string, unknown>)[field];
    if (value === undefined) return ['InvalidRequestError.missing', field];
    if (!schema.safeParse(value).success) return ['InvalidRequestError.field', field];
  }
  return null;
}

/** The InvalidRequestError for a refused write. */
export function refusedWrite(fault: Fault | null, locale: string, cause: unknown): ReddyFitError {
  if (!fault) return clientError('calls', 'InvalidRequestError', { locale, cause });
  const [code, field] = fault;
  return clientError('calls', code, { locale, cause, field, params: { field } });
}
