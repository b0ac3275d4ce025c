/** What users may write about themselves: profile, consents, devices. */

import {
  deleteField,
  doc,
  type DocumentData,
  type Firestore,
  getDoc,
  serverTimestamp,
  setDoc,
  Timestamp,
  updateDoc,
} from 'firebase/firestore';
import type { RulesCase } from './rules-world.ts';

type Row = [name: string, changes: DocumentData, allowed: boolean];

const owner = (name: string, allowed: boolean, run: (db: Firestore) => Promise<unknown>): RulesCase => ({
  name: `owner ${allowed ? 'may' : 'may not'} ${name}`,
  as: 'owner',
  allowed,
  run,
});

const profileChanges: Row[] = [
  ['their sex', { sex: 'male' }, true],
  ['their birth date', { birthDate: '2001-12-31' }, true],
  ['their height', { heightCm: 181.5 }, true],
  ['that they are pregnant', { pregnant: true }, true],
  ['that they are pregnant no more', { pregnant: deleteField() }, true],
  ['that they are pregnant, in text', { pregnant: 'yes' }, false],
  ['their time zone', { timeZone: 'Europe/Berlin' }, true],
  ['their push preview', { pushPreview: 'private' }, true],
  ['their locale', { locale: 'de-DE' }, true],
  ['nothing at all', {}, true],
  ['their birth date to nothing', { birthDate: deleteField() }, true],
  ['their sex to something else', { sex: 'Female' }, false],
  ['their sex to a number', { sex: 1 }, false],
  ['their sex to null', { sex: null }, false],
  ['their birth date to a timestamp', { birthDate: Timestamp.now() }, false],
  ['their birth date to another order', { birthDate: '17.05.1990' }, false],
  ['their birth date to a leap day', { birthDate: '2004-02-29' }, true],
  ['their birth date to a leap day of a common year', { birthDate: '2003-02-29' }, false],
  ['their birth date to 30 February', { birthDate: '1991-02-30' }, false],
  ['their birth date to the year 3', { birthDate: '0003-04-02' }, false],
  ['their birth date to the year 2534', { birthDate: '2534-04-02' }, false],
  ['their birth date to tomorrow in a year', { birthDate: `${new Date().getFullYear() + 1}-01-01` }, false],
  ['their birth date to 1900, longer ago than anyone lived', { birthDate: '1900-01-01' }, false],
  ['their birth date to month 13', { birthDate: '1990-13-01' }, false],
  ['their birth date to a date and more', { birthDate: '1990-05-17T00:00:00Z' }, false],
  ['their height to inches in text', { heightCm: '5ft 6' }, false],
  ['their height to 99 cm', { heightCm: 99 }, false],
  ['their height to 251 cm', { heightCm: 251 }, false],
  ['their height to NaN', { heightCm: Number.NaN }, false],
  ['their time zone to 65 letters', { timeZone: 'x'.repeat(65) }, false],
  ['their time zone to empty text', { timeZone: '' }, false],
  ['their time zone to a list', { timeZone: ['UTC'] }, false],
  ['their push preview to something else', { pushPreview: 'none' }, false],
  ['their locale as Android has it', { locale: 'de_DE' }, true],
  ['their locale as iOS has it', { locale: 'es_MX@calendar=gregorian' }, true],
  ['their locale as Java has it', { locale: 'es_ES_#Latn' }, true],
  ['their locale to empty text', { locale: '' }, true],
  ['their locale to 300 letters', { locale: 'x'.repeat(300) }, true],
  ['their locale to a page of text', { locale: 'x'.repeat(1025) }, false],
  ['their locale to a number', { locale: 1 }, false],
  ['their units', { units: 'imperial' }, true],
  ['their units to stones', { units: 'stones' }, false],
  ["a field that is the server's", { creditHold: true }, false],
  ["a field that is the server's, by removing it", { creditHold: deleteField() }, false],
  ["how far their account's deletion is", { deletion: { state: 'failed' } }, false],
  ['a field that nobody knows', { admin: true }, false],
  ['a megabyte of nickname', { nickname: 'x'.repeat(900_000) }, false],
];

/** Whole profiles of a user who had none. */
const firstProfiles: Row[] = [
  ['with everything', { timeZone: 'UTC', pushPreview: 'full', locale: 'en' }, true],
  ['with nothing but a sex', { birthDate: deleteField(), heightCm: deleteField() }, true],
  ['of a sex that the equations do not know', { sex: 'other' }, false],
  ['of someone 3 m tall', { heightCm: 300 }, false],
  ["with a field that is the server's", { creditHold: false }, false],
  ['with credits', { scanCredits: 1000 }, false],
];

const newConsents: Row[] = [
  ['grant', { granted: true }, true],
  ['withdraw', { granted: false }, true],
  ['grant under a long policy version', { policyVersion: 'v'.repeat(64) }, true],
  ['grant in text', { granted: 'true' }, false],
  ['grant by a number', { granted: 1 }, false],
  ['grant in the past', { at: Timestamp.fromMillis(0) }, false],
  ['grant in the future', { at: Timestamp.fromDate(new Date('2999-01-01')) }, false],
  ['grant at a time in text', { at: '2026-11-23T00:00:00Z' }, false],
  ['grant without a policy version', { policyVersion: '' }, false],
  ['grant under a policy version of 65 letters', { policyVersion: 'v'.repeat(65) }, false],
  ['grant under a numbered policy version', { policyVersion: 2 }, false],
  ['grant with a field more', { grantedBy: 'doctor' }, false],
];

const inMinutes = (minutes: number) => Timestamp.fromMillis(Date.now() + minutes * 60_000);

const newDevices: [...Row, id: string][] = [
  ['an iPhone', { platform: 'ios' }, true, 'phone-1'],
  ['an Android phone', { platform: 'android' }, true, 'android-9'],
  ['a browser', { platform: 'web' }, true, 'web'],
  ['an installation under its FID', {}, true, 'cRk_1a-2Bcd3EfGh4IjKlM'],
  ['a device under a UUID', {}, true, '7c9e6679-7425-40de-944b-e07fc1f90ae7'],
  ['a device under an id of 128 letters', {}, true, 'd'.repeat(128)],
  ['a device under an id of 129 letters', {}, false, 'd'.repeat(129)],
  ['a device under an id with a dot', {}, false, 'phone.1'],
  ['a device under an id with a space', {}, false, 'my phone'],
  ['a device under an id in Cyrillic', {}, false, 'телефон'],
  ['a device under a number in Arabic digits', {}, false, 'ios-١'],
  ['a device under an id with a line break', {}, false, 'phone-1\n'],
  ['a token of 4096 letters', { token: 't'.repeat(4096) }, true, 'phone-1'],
  ['a token of 4097 letters', { token: 't'.repeat(4097) }, false, 'phone-1'],
  ['an empty token', { token: '' }, false, 'phone-1'],
  ['a token in a list', { token: ['t'] }, false, 'phone-1'],
  ['a token that is null', { token: null }, false, 'phone-1'],
  ['a device without a token', { token: deleteField() }, false, 'phone-1'],
  ['a toaster', { platform: 'toaster' }, false, 'phone-1'],
  ['a platform that is a pattern', { platform: '.*' }, false, 'phone-1'],
  ['a time by the phone itself', { updatedAt: inMinutes(0) }, true, 'phone-1'],
  ['a time by a phone whose clock is two minutes ahead', { updatedAt: inMinutes(2) }, true, 'phone-1'],
  ['a time by a phone that was offline for a day', { updatedAt: inMinutes(-1440) }, true, 'phone-1'],
  ['a time ten minutes ahead', { updatedAt: inMinutes(10) }, false, 'phone-1'],
  ['a time in text', { updatedAt: '2026-11-23T00:00:00Z' }, false, 'phone-1'],
  ['a time in milliseconds', { updatedAt: 1_795_000_000_000 }, false, 'phone-1'],
  ['a field more', { owner: 'bob' }, false, 'phone-1'],
];

export const userCases: RulesCase[] = [
  ...profileChanges.map(([name, changes, allowed]) =>
    owner(`change ${name}`, allowed, (db) => updateDoc(doc(db, 'users/alice'), changes)),
  ),
  ...firstProfiles.map(([name, changes, allowed]): RulesCase => ({
    name: `newcomer ${allowed ? 'may' : 'may not'} begin a profile ${name}`,
    as: 'newcomer',
    allowed,
    run: (db) => {
      const profile = { sex: 'female', birthDate: '1990-05-17', heightCm: 168, ...changes };
      // As a merge, since only a merge may leave a field out by name.
      return setDoc(doc(db, 'users/carol'), profile, { merge: true });
    },
  })),
  {
    name: 'newcomer may look at the profile that they do not have yet',
    as: 'newcomer',
    allowed: true,
    run: (db) => getDoc(doc(db, 'users/carol')),
  },
  owner('replace the profile, dropping what the server put there', false, (db) =>
    setDoc(doc(db, 'users/alice'), { sex: 'male' }),
  ),
  {
    name: 'stranger may not create a profile for someone else',
    as: 'stranger',
    allowed: false,
    run: (db) => setDoc(doc(db, 'users/dave'), { sex: 'male' }),
  },
  ...newConsents.map(([name, changes, allowed]) =>
    owner(`${name} (scan_analysis)`, allowed, (db) =>
      setDoc(doc(db, 'users/alice/consents/scan_analysis'), {
        granted: true,
        policyVersion: '2',
        at: serverTimestamp(),
        ...changes,
      }),
    ),
  ),
  owner('withdraw without stating the time', false, (db) =>
    updateDoc(doc(db, 'users/alice/consents/scan_analysis'), { granted: false }),
  ),
  owner('write beneath a consent', false, (db) =>
    setDoc(doc(db, 'users/alice/consents/scan_analysis/history/1'), { granted: true }),
  ),
  ...newDevices.map(([name, changes, allowed, id]) =>
    owner(`register ${name}`, allowed, (db) =>
      // As a merge, since only a merge may leave a field out by name.
      setDoc(
        doc(db, 'users/alice/devices', id),
        { token: 'token', platform: 'ios', updatedAt: serverTimestamp(), ...changes },
        { merge: true },
      ),
    ),
  ),
];
