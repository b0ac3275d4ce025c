/** Accounts as an operator reaches them: on a running stack, or in a Firebase project by application default credentials. */

import { balanceOf, type LedgerEntry, ledgerEntry } from '@reddyfit/shared/account/credits';
import { paths } from '@reddyfit/shared/names/paths';
import { withIsoTimes } from '@reddyfit/shared/timestamps';
import type { Auth } from 'firebase-admin/auth';
import type { Firestore } from 'firebase-admin/firestore';
import type { Site } from '../site.ts';

/** A ledger entry with its time as ISO 8601 text. */
export type ShownEntry = Omit<LedgerEntry, 'at'> & { id: string; at: string };

export interface ShownAccount {
  uid: string;
  scanCredits: number;
  /** Whether the ledger's amounts sum to the balance. */
  sums: boolean;
  /** Oldest first. */
  ledger: ShownEntry[];
}

export interface Accounts {
  db: Firestore;
  auth: Auth;
  /** The user with this id or email. Throws when there is none. */
  userOf(user: string): Promise<{ uid: string; email?: string | undefined }>;
  show(uid: string): Promise<ShownAccount>;
}

/** The accounts of a site. */
export function accountsOf({ db, auth, projectId }: Pick<Site, 'db' | 'auth' | 'projectId'>): Accounts {
  return {
    db,
    auth,
    async userOf(user) {
      const { users } = await auth.getUsers([user.includes('@') ? { email: user } : { uid: user }]);
      if (!users[0]) throw new Error(`there is no user ${user} in ${projectId}`);
      const { uid, email } = users[0];
      return { uid, email };
    },
    async show(uid) {
      const [account, entries] = await Promise.all([
        db.doc(paths.account(uid)).get(),
        db.collection(paths.ledger(uid)).orderBy('at').get(),
      ]);
      const scanCredits = balanceOf(account.data());
      const ledger = entries.docs.map(
        (entry) =>
          ({ id: entry.id, ...(withIsoTimes(ledgerEntry.parse(entry.data())) as object) }) as ShownEntry,
      );
      const sum = ledger.reduce((total, { amount }) => total + amount, 0);
      return { uid, scanCredits, sums: sum === scanCredits, ledger };
    },
  };
}
