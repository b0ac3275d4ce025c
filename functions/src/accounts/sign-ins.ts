/** Firebase Auth, as far as functions ask it who exists. */

import { getApps, initializeApp } from 'firebase-admin/app';
import type { Auth } from 'firebase-admin/auth';

/** Loaded on use, since few functions ask it. */
export async function firebaseAuth(): Promise<Auth> {
  const { getAuth } = await import('firebase-admin/auth');
  return getAuth(getApps().find(({ name }) => name === '[DEFAULT]') ?? initializeApp());
}

/** Whether there is a user of this id. */
export async function userExists(uid: string): Promise<boolean> {
  return (await missingUsers([uid])).length === 0;
}

/** Those of the ids (100 at most) that no user has. */
export async function missingUsers(uids: readonly string[]): Promise<string[]> {
  const auth = await firebaseAuth();
  const { users } = await auth.getUsers(uids.map((uid) => ({ uid })));
  const known = new Set(users.map(({ uid }) => uid));
  return uids.filter((uid) => !known.has(uid));
}
