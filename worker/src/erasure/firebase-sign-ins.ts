/** Users in Firebase Auth. */

import type { App } from 'firebase-admin/app';
import { getAuth } from 'firebase-admin/auth';
import type { SignIns } from './ports.ts';

/** Sign-ins of the app's project in Firebase Auth. */
export function firebaseSignIns(app: App): SignIns {
  const auth = getAuth(app);
  return {
    async find(uid) {
      const [user] = (await auth.getUsers([{ uid }])).users;
      if (!user) return null;
      const { email, phoneNumber, displayName, photoURL, metadata, providerData } = user;
      return {
        email,
        phoneNumber,
        displayName,
        photoURL,
        createdAt: metadata.creationTime,
        lastSignInAt: metadata.lastSignInTime,
        providers: providerData.map(({ providerId }) => providerId),
      };
    },

    async remove(uid) {
      try {
        await auth.deleteUser(uid);
      } catch (error) {
        if ((error as { code?: unknown }).code !== 'auth/user-not-found') throw error;
      }
    },
  };
}
