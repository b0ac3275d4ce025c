/** Tests the comparison of balances with ledgers on the Firestore emulator. */

import { randomUUID } from 'node:crypto';
import { ledgerEntryId } from '@reddyfit/shared/account/credits';
import { paths } from '@reddyfit/shared/names/paths';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore, Timestamp } from 'firebase-admin/firestore';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { firestoreBalances } from '../src/operations/firestore-balances.ts';

let db: Firestore;
beforeAll(() => {
  process.env['FIRESTORE_EMULATOR_HOST'] = inject('firestore');
  const app = initializeApp({ projectId: `demo-balances-${randomUUID().slice(0, 8)}` });
  db = getFirestore(app);
  return () => deleteApp(app);
});
afterAll(() => db.terminate());

/** Makes an account with these fields, and with a ledger that grants `granted` credits and reserves one. */
async function account(uid: string, fields: object, granted: number): Promise<void> {
  const at = Timestamp.now();
  await db.doc(paths.account(uid)).set(fields);
  await db.doc(paths.ledgerEntry(uid, 'grant-welcome')).set({ kind: 'grant', amount: granted, at });
  const reserve = { kind: 'reserve', amount: -1, scanId: 's', at };
  await db.doc(paths.ledgerEntry(uid, ledgerEntryId('s', 'reserve'))).set(reserve);
}

it('names the accounts that are not what their ledger sums to, on whichever page they are', async () => {
  await account('a-right', { scanCredits: 4 }, 5);
  await account('b-extended', { scanCredits: 4, note: 'from the console' }, 5);
  await account('c-too-many', { scanCredits: 8 }, 4);
  await account('d-unreadable', { scanCredits: '4' }, 5);
  await account('e-missing', { note: 'credits were removed' }, 5);
  await db.doc(paths.account('f-without-a-ledger')).set({ scanCredits: 0 });

  const balances = firestoreBalances(db, 2);
  const pages = [await balances.page(null)];
  while (pages.at(-1)!.after !== null) pages.push(await balances.page(pages.at(-1)!.after));
  expect(pages.flatMap(({ unbalanced }) => unbalanced)).toEqual([
    { uid: 'c-too-many', balance: 8, ledger: 3 },
    { uid: 'd-unreadable', balance: null, ledger: 4 },
    { uid: 'e-missing', balance: null, ledger: 4 },
  ]);
  expect(pages.reduce((sum, { accounts }) => sum + accounts, 0)).toBe(6);
});
