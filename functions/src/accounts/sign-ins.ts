/** Firebase Auth, as far as functions ask it who exists. */

import { getApps, initializeApp } from 'firebase-admin/app';

/** Whether there is a user of this id. */
export async function userExists(uid: string): Promise<boolean> {
  // Loaded on use, since few functions do.
  const { getAuth } = await import('firebase-admin/auth');
  const app = getApps().find(({ name }) => name === '[DEFAULT]') ?? initializeApp();
  const { users } = await getAuth(app).getUsers([{ uid }]);
  return users.length > 0;
}
