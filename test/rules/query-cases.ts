/** Queries: the rules allow only those that cannot return anybody else's documents. */

import {
  collection,
  collectionGroup,
  getCountFromServer,
  getDocs,
  limit,
  onSnapshot,
  or,
  orderBy,
  type Query,
  query,
  where,
} from 'firebase/firestore';
import { doc, type Firestore } from 'firebase/firestore';
import { ACTORS, type Actor, type RulesCase } from './rules-world.ts';

type Ask = (db: Firestore) => Query;
const scans = (db: Firestore) => collection(db, 'scans');

const queries: [name: string, as: Actor, allowed: boolean, ask: Ask][] = [
  ['own scans', 'owner', true, (db) => query(scans(db), where('userId', '==', 'alice'))],
  [
    'own completed scans, newest first',
    'owner',
    true,
    (db) =>
      query(
        scans(db),
        where('userId', '==', 'alice'),
        where('status', '==', 'completed'),
        orderBy('createdAt', 'desc'),
        limit(12),
      ),
  ],
  ['own scans as one of a list', 'owner', true, (db) => query(scans(db), where('userId', 'in', ['alice']))],
  ["a stranger's scans", 'owner', false, (db) => query(scans(db), where('userId', '==', 'bob'))],
  [
    "own and a stranger's scans",
    'owner',
    false,
    (db) => query(scans(db), where('userId', 'in', ['alice', 'bob'])),
  ],
  [
    "own or a stranger's scans",
    'owner',
    false,
    (db) => query(scans(db), or(where('userId', '==', 'alice'), where('userId', '==', 'bob'))),
  ],
  [
    'scans by user from a to b',
    'owner',
    false,
    (db) => query(scans(db), where('userId', '>=', 'a'), where('userId', '<', 'b')),
  ],
  ["scans that are not a stranger's", 'owner', false, (db) => query(scans(db), where('userId', '!=', 'bob'))],
  ['all completed scans', 'owner', false, (db) => query(scans(db), where('status', '==', 'completed'))],
  ['one scan of anyone', 'owner', false, (db) => query(scans(db), limit(1))],
  [
    'a scan by its id',
    'owner',
    false,
    (db) => query(scans(db), where('__name__', '==', doc(db, 'scans/bob-scan'))),
  ],
  ["the owner's scans", 'stranger', false, (db) => query(scans(db), where('userId', '==', 'alice'))],
  ["the owner's scans", 'anonymous', false, (db) => query(scans(db), where('userId', '==', 'alice'))],
  ['scans of nobody', 'anonymous', false, (db) => query(scans(db), where('userId', '==', null))],
];

/** A query of a collection group would read documents of all users. */
const groups = [
  'scans',
  'users',
  'consents',
  'devices',
  'memories',
  'pushes',
  'summaries',
  'accounts',
  'ledger',
  'limits',
  'entries',
  'deliveries',
];

export const queryCases: RulesCase[] = [
  ...queries.map(([name, as, allowed, ask]): RulesCase => ({
    name: `${as} ${allowed ? 'may' : 'may not'} query ${name}`,
    as,
    allowed,
    run: (db) => getDocs(ask(db)),
  })),
  ...groups.flatMap((group) =>
    ACTORS.map((as): RulesCase => ({
      name: `${as} may not query the collection group ${group}`,
      as,
      allowed: false,
      run: (db) => getDocs(collectionGroup(db, group)),
    })),
  ),
  {
    name: 'owner may not query a collection group even for own entries',
    as: 'owner',
    allowed: false,
    run: (db) => getDocs(query(collectionGroup(db, 'deliveries'), where('userId', '==', 'alice'))),
  },
  {
    name: 'owner may count own scans',
    as: 'owner',
    allowed: true,
    run: (db) => getCountFromServer(query(scans(db), where('userId', '==', 'alice'))),
  },
  {
    name: 'owner may not count all scans',
    as: 'owner',
    allowed: false,
    run: (db) => getCountFromServer(scans(db)),
  },
  ...(['owner', 'stranger', 'anonymous'] as const).map((as): RulesCase => ({
    name: `${as} ${as === 'owner' ? 'may' : 'may not'} listen to the owner's scan`,
    as,
    allowed: as === 'owner',
    run: (db) => firstOf(db, 'scans/alice-scan'),
  })),
  ...(['owner', 'stranger'] as const).map((as): RulesCase => ({
    name: `${as} may listen to a scan that does not exist yet`,
    as,
    allowed: true,
    run: (db) => firstOf(db, 'scans/not-yet'),
  })),
];

/** Resolves with the first snapshot, rejects with the listener's error. */
function firstOf(db: Firestore, path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const stop = onSnapshot(
      doc(db, path),
      (snapshot) => {
        stop();
        resolve(snapshot);
      },
      reject,
    );
  });
}
