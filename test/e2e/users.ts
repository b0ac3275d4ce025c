/** A test's own users: an account at the Auth emulator, documents in the database, and a signed-in phone. */

import { randomUUID } from 'node:crypto';
import { paths } from '@reddyfit/shared/names/paths';
import { SCAN_CONSENT, type UserProfile } from '@reddyfit/shared/account/users';
import { FieldValue, Timestamp } from 'firebase-admin/firestore';
import { documentsOf } from '../../fixtures/seed/documents.ts';
import type { PastScan, Person } from '../../fixtures/seed/people.ts';
import { safetyIdentifier } from '../../worker/src/model/openai.ts';
import { modelAt } from './model.ts';
import { openPhone, type Phone } from './phone.ts';
import type { Servers } from './servers.ts';

export interface UserOptions {
  /** Credits left. Default 5. */
  readonly credits?: number;
  /** Default 'granted'. */
  readonly consent?: 'granted' | 'withdrawn' | 'never asked';
  /** A field to leave out of the profile. */
  readonly profileWithout?: keyof UserProfile;
  readonly profile?: Partial<UserProfile>;
  /** The address of the account, with which the phone signs in. Default: one made from the user's id. */
  readonly email?: string;
  /** Default: "Somebody". */
  readonly displayName?: string;
  /** FCM tokens of the devices. Default: one. */
  readonly devices?: readonly string[];
  /** Completed scans of the past, oldest first. Default: none. */
  readonly scans?: readonly PastScan[];
}

export interface User {
  readonly uid: string;
  /** The credentials with which another device signs in. */
  readonly account: { readonly email: string; readonly password: string };
  /** The user's phone, which is subject to the rules. */
  readonly phone: Phone;
  /** Tokens of the user's devices. */
  readonly devices: readonly string[];
  /** Controls of the model stand-in for the requests about this user. */
  readonly model: ReturnType<typeof modelAt>;
}

/** A token that no other test uses. */
export const newToken = () => `token-${randomUUID()}`;

/** Makes a user who may scan, except for what the options take away. */
export async function createUser(servers: Servers, options: UserOptions = {}): Promise<User> {
  const { credits = 5, consent = 'granted', devices = [newToken()], scans = [] } = options;
  const { db, auth, stack } = servers;
  const uid = `user-${randomUUID()}`;
  const person: Person = {
    uid,
    email: options.email ?? `${uid}@reddyfit.example`,
    password: randomUUID(),
    displayName: options.displayName ?? 'Somebody',
    joinedAt: new Date(Date.now() - 400 * 86_400_000),
    profile: {
      sex: 'female',
      birthDate: '1990-05-17',
      heightCm: 168,
      timeZone: 'Europe/Berlin',
      pushPreview: 'full',
      ...options.profile,
    },
    device: { id: 'unused', token: 'unused', platform: 'ios' },
    scanCredits: credits,
    scans,
  };
  const batch = db.batch();
  for (const { path, fields } of documentsOf(person, stack.bucket)) {
    if (path !== paths.device(uid, person.device.id)) batch.set(db.doc(path), fields);
  }
  for (const token of devices) {
    batch.set(db.doc(paths.device(uid, token)), { token, platform: 'ios', updatedAt: Timestamp.now() });
  }
  const consented = db.doc(paths.consent(uid, SCAN_CONSENT));
  if (consent === 'withdrawn') batch.update(consented, { granted: false });
  if (consent === 'never asked') batch.delete(consented);
  if (options.profileWithout) {
    batch.update(db.doc(paths.user(uid)), { [options.profileWithout]: FieldValue.delete() });
  }
  const { email, password, displayName } = person;
  await Promise.all([
    auth.createUser({ uid, email, password, displayName }).catch(unlessItWas),
    batch.commit(),
  ]);
  const account = { email, password };
  const model = modelAt(stack.model, safetyIdentifier(uid, stack.projectId));
  return { uid, devices, account, model, phone: await openPhone(stack, account) };
}

/** Ignores that the user exists: when an answer is slow, the SDK repeats its request, and the repeat is answered so. */
function unlessItWas(error: { code?: unknown }): void {
  if (error.code !== 'auth/uid-already-exists') throw error;
}
