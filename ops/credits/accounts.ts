/** Accounts as an operator reaches them: on a running stack, or in a Firebase project by application default credentials. */

import { balanceOf, type LedgerEntry, ledgerEntry } from '@reddyfit/shared/account/credits';
import { paths } from '@reddyfit/shared/names/paths';
import { withIsoTimes } from '@reddyfit/shared/timestamps';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type Auth, getAuth } from 'firebase-admin/auth';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';
import { readStack } from '../site.ts';

/** A ledger entry, its time as ISO 8601 text. */
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
  close(): Promise<void>;
}

const EMULATORS = ['FIRESTORE_EMULATOR_HOST', 'FIREBASE_AUTH_EMULATOR_HOST'] as const;

/** Opens them. Throws when no stack runs, or when the environment would lead away from the named project. */
export function openAccounts({ instance, project }: { instance: string; project?: string }): Accounts {
  const projectId = project ?? pointAtStack(instance);
  if (project) {
    const astray = EMULATORS.find((name) => process.env[name]);
    if (astray) throw new Error(`${astray} is set, so this would not reach ${project}: unset it`);
  }
  const app = initializeApp({ projectId });
  const auth = getAuth(app);
  const db = getFirestore(app);
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
    async close() {
      await db.terminate();
      await deleteApp(app);
    },
  };
}

/** Points the Google clients at the running stack, whose project id it returns. */
function pointAtStack(instance: string): string {
  const { projectId, firestore, auth } = readStack(instance);
  Object.assign(process.env, {
    FIRESTORE_EMULATOR_HOST: firestore,
    FIREBASE_AUTH_EMULATOR_HOST: auth,
    METADATA_SERVER_DETECTION: 'none',
  });
  return projectId;
}
