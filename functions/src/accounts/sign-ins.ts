/** Asks Firebase Auth which users exist. */

import { getApps, initializeApp } from 'firebase-admin/app';
import type { Auth } from 'firebase-admin/auth';

/** The client of Firebase Auth. Its package is loaded on use, since few functions need it. */
export async function firebaseAuth(): Promise<Auth> {
  const { getAuth } = await import('firebase-admin/auth');
  return getAuth(getApps().find(({ name }) => name === '[DEFAULT]') ?? initializeApp());
}

/**
 * The custom claims that a user has now; null when there is no such user any more, or the account was disabled, or was signed out
 * everywhere after `signedInAt` (s since 1970).
 */
export async function claimsSince(uid: string, signedInAt: number): Promise<Record<string, unknown> | null> {
  const { users } = await (await firebaseAuth()).getUsers([{ uid }]);
  const [user] = users;
  if (!user || user.disabled) return null;
  const { tokensValidAfterTime, customClaims = {} } = user;
  const isOut = tokensValidAfterTime !== undefined && signedInAt * 1000 < Date.parse(tokensValidAfterTime);
  return isOut ? null : customClaims;
}

/** True when Firebase Auth has a user with this id. */
export async function userExists(uid: string): Promise<boolean> {
  return (await missingUsers([uid])).length === 0;
}

/** The ids, of 100 at most, with which Firebase Auth has no user. */
export async function missingUsers(uids: readonly string[]): Promise<string[]> {
  const auth = await firebaseAuth();
  const { users } = await auth.getUsers(uids.map((uid) => ({ uid })));
  const known = new Set(users.map(({ uid }) => uid));
  return uids.filter((uid) => !known.has(uid));
}
