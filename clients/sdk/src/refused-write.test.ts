import { expect, it } from 'vitest';
import { consentFault, profileFault, refusedWrite } from './refused-write.ts';

const TODAY = '2026-11-30';
const whole = {
  sex: 'female',
  birthDate: '1990-05-17',
  heightCm: 168,
  pregnant: false,
  timeZone: 'Europe/Berlin',
  locale: 'de-DE',
  units: 'metric',
  pushPreview: 'private',
};

it.each([
  ['all of it', whole, null],
  ['a part of it', { heightCm: 168 }, null],
  ['a birth date to come', { ...whole, birthDate: '2031-01-01' }, 'birthDate'],
  ['a birth date that is no day', { ...whole, birthDate: '1990-02-30' }, 'birthDate'],
  ['a height of nobody', { heightCm: 300 }, 'heightCm'],
  ['a preference that is none', { ...whole, units: 'stone' }, 'units'],
  ['an undefined field', { sex: undefined }, 'sex'],
])('of a profile with %s names the field', (_, profile, field) => {
  expect(profileFault(profile, TODAY)).toEqual(field && ['InvalidRequestError.field', field]);
});

it('names a field that a profile does not have', () => {
  expect(profileFault({ weight: 3 }, TODAY)).toEqual(['InvalidRequestError.unknown', 'weight']);
});

it('names what a consent lacks, what is wrong in it, and what it does not have', () => {
  expect(consentFault({ granted: true, policyVersion: '2026-01' })).toBeNull();
  expect(consentFault({ granted: true })).toEqual(['InvalidRequestError.missing', 'policyVersion']);
  expect(consentFault({ granted: 'yes', policyVersion: '1' })).toEqual([
    'InvalidRequestError.field',
    'granted',
  ]);
  expect(consentFault({ granted: true, policyVersion: '1', by: 'me' })).toEqual([
    'InvalidRequestError.unknown',
    'by',
  ]);
});

it('becomes an error that says which field it is, and none where no fault is known', () => {
  expect(refusedWrite(['InvalidRequestError.field', 'heightCm'], 'de-DE', 'why')).toMatchObject({
    code: 'InvalidRequestError',
    messageCode: 'InvalidRequestError.field',
    params: { field: 'heightCm' },
    field: 'heightCm',
    message: 'heightCm hat einen Wert, der nicht erlaubt ist.',
    retryable: false,
    cause: 'why',
  });
  expect(refusedWrite(null, 'en', 'why')).toMatchObject({ code: 'InvalidRequestError', field: undefined });
});
