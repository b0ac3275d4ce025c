/** Users' settings and consents in Firestore. */

import { paths } from '@reddyfit/shared/names/paths';
import { SCAN_CONSENT, type UserProfile } from '@reddyfit/shared/account/users';
import { readerOf } from '@reddyfit/shared/words/reader';
import type { Firestore } from 'firebase-admin/firestore';
import type { Users } from './ports.ts';

/** The users in `db`. */
export function firestoreUsers(db: Firestore): Users {
  return {
    async pushSettings(uid) {
      const profile = (await db.doc(paths.user(uid)).get()).data() as Partial<UserProfile> | undefined;
      const { pushPreview = 'full', timeZone } = profile ?? {};
      return { preview: profile ? pushPreview : 'private', reader: readerOf(profile), timeZone };
    },

    async consentsToAnalysis(uid) {
      const consent = await db.doc(paths.consent(uid, SCAN_CONSENT)).get();
      return consent.get('granted') === true;
    },
  };
}
