/** Firebase Auth, as far as functions ask it who exists. */

import { getApps, initializeApp } from 'firebase-admin/app';

/** Whether there is a user of this id. */
export async function userExists(uid: string): Promise<boolean> {
  return (await missingUsers([uid])).length === 0;
}

/** Those of the ids (100 at most) that no user has. */
export async function missingUsers(uids: readonly string[]): Promise<string[]> {
  // Loaded on use, since few functions do.
  const { getAuth } = await import('firebase-admin/auth');
  const app = getApps().find(({ name }) => name === '[DEFAULT]') ?? initializeApp();
  const { users } = await getAuth(app).getUsers(uids.map((uid) => ({ uid })));
  const known = new Set(users.map(({ uid }) => uid));
  return uids.filter((uid) => !known.has(uid));
}
