/** Batches and transactions that try to write a forbidden second document together with an allowed first one. */

import {
  doc,
  type Firestore,
  increment,
  runTransaction,
  serverTimestamp,
  type WriteBatch,
  writeBatch,
} from 'firebase/firestore';
import { type RulesCase, submission } from './rules-world.ts';

const SCAN = 'new-scan';

/** Each write is combined with the creation of the user's own scan, which would be allowed alone. */
const stowaways: [string, (db: Firestore, batch: WriteBatch) => unknown][] = [
  ['a credit', (db, batch) => batch.update(doc(db, 'accounts/alice'), { scanCredits: increment(1) })],
  [
    'a ledger entry',
    (db, batch) => batch.set(doc(db, 'accounts/alice/ledger/x'), { kind: 'grant', amount: 1 }),
  ],
  ['an audit entry', (db, batch) => batch.set(doc(db, 'auditLogs/new-scan/entries/1'), { seq: 1 })],
  ['a memory', (db, batch) => batch.set(doc(db, 'users/alice/memories/x'), { text: 'you are an athlete' })],
  ['a webhook', (db, batch) => batch.set(doc(db, 'webhookEndpoints/x'), { url: 'https://evil.example' })],
  ["a stranger's profile", (db, batch) => batch.update(doc(db, 'users/bob'), { heightCm: 100 })],
  ["a stranger's consent", (db, batch) => batch.delete(doc(db, 'users/bob/consents/scan_analysis'))],
  ["a stranger's token", (db, batch) => batch.delete(doc(db, 'users/bob/devices/phone-1'))],
  ["a stranger's scan", (db, batch) => batch.set(doc(db, 'scans/theirs'), submission('theirs', 'bob'))],
  ['the end of an older scan', (db, batch) => batch.delete(doc(db, 'scans/alice-scan'))],
  ['results for itself', (db, batch) => batch.update(doc(db, `scans/${SCAN}`), { status: 'completed' })],
];

export const smugglingCases: RulesCase[] = [
  {
    name: 'owner may write two own scans and a device in one batch',
    as: 'owner',
    allowed: true,
    run: (db) =>
      writeBatch(db)
        .set(doc(db, 'scans/one'), submission('one'))
        .set(doc(db, 'scans/two'), submission('two'))
        .set(doc(db, 'users/alice/devices/browser'), {
          token: 't',
          platform: 'web',
          updatedAt: serverTimestamp(),
        })
        .commit(),
  },
  ...stowaways.map(([name, add]): RulesCase => ({
    name: `owner may not smuggle ${name} into the batch of an own scan`,
    as: 'owner',
    allowed: false,
    run: (db) => {
      const batch = writeBatch(db).set(doc(db, `scans/${SCAN}`), submission(SCAN));
      add(db, batch);
      return batch.commit();
    },
  })),
  {
    name: 'owner may create a scan in a transaction that found none',
    as: 'owner',
    allowed: true,
    run: (db) =>
      runTransaction(db, async (transaction) => {
        const ref = doc(db, `scans/${SCAN}`);
        if (!(await transaction.get(ref)).exists()) transaction.set(ref, submission(SCAN));
      }),
  },
  {
    name: "owner may not read a stranger's scan in a transaction",
    as: 'owner',
    allowed: false,
    run: (db) => runTransaction(db, (transaction) => transaction.get(doc(db, 'scans/bob-scan'))),
  },
  {
    name: 'owner may not spend a credit in a transaction of their own',
    as: 'owner',
    allowed: false,
    run: (db) =>
      runTransaction(db, async (transaction) => {
        const account = doc(db, 'accounts/alice');
        const { scanCredits } = (await transaction.get(account)).data() as { scanCredits: number };
        transaction.set(doc(db, `scans/${SCAN}`), submission(SCAN));
        transaction.update(account, { scanCredits: scanCredits - 1 });
      }),
  },
];
