/** Every combination of a path, an actor and an operation, for documents and collections that belong to Alice. */

import {
  collection,
  deleteDoc,
  doc,
  type DocumentData,
  type Firestore,
  getDoc,
  getDocs,
  serverTimestamp,
  setDoc,
  updateDoc,
} from 'firebase/firestore';
import { ACTORS, type RulesCase, submission } from './rules-world.ts';

type Operation = 'get' | 'overwrite' | 'update' | 'delete' | 'create';

interface Place {
  path: string;
  /** A document in the same collection that does not exist. */
  fresh: string;
  /** Data that is as valid as possible, so that only the actor and the path can be the reason of a refusal. */
  data: (id: string) => DocumentData;
  /** The operations that the owner may do. A stranger may do none. */
  owner: Operation[];
}

const device = () => ({ token: 't', platform: 'ios', updatedAt: serverTimestamp() });
const consent = () => ({ granted: true, policyVersion: '2', at: serverTimestamp() });
const anything = () => ({ userId: 'alice', value: 1 });

const places: Place[] = [
  { path: 'scans/alice-scan', fresh: 'fresh-scan', data: (id) => submission(id), owner: ['get', 'create'] },
  {
    path: 'users/alice',
    fresh: 'carol',
    data: () => ({ sex: 'male', birthDate: '1990-01-01', heightCm: 180, creditHold: false }),
    owner: ['get', 'overwrite', 'update'],
  },
  {
    path: 'users/alice/consents/scan_analysis',
    fresh: 'marketing',
    data: consent,
    owner: ['get', 'overwrite', 'update'],
  },
  {
    path: 'users/alice/devices/phone-1',
    fresh: 'phone-2',
    data: device,
    owner: ['get', 'overwrite', 'update', 'delete', 'create'],
  },
  { path: 'users/alice/memories/m1', fresh: 'm2', data: anything, owner: [] },
  { path: 'users/alice/summaries/scans', fresh: 's2', data: anything, owner: [] },
  { path: 'users/alice/pushes/alice-scan:completed', fresh: 'p2', data: anything, owner: [] },
  { path: 'accounts/alice', fresh: 'carol', data: () => ({ scanCredits: 1_000_000 }), owner: ['get'] },
  {
    path: 'accounts/alice/ledger/grant-1',
    fresh: 'grant-2',
    data: () => ({ kind: 'grant', amount: 1_000_000, at: serverTimestamp() }),
    owner: ['get'],
  },
  {
    path: 'accounts/alice/limits/cancelScan',
    fresh: 'deleteScan',
    data: () => ({ tokens: 1000 }),
    owner: [],
  },
  { path: 'auditLogs/alice-scan', fresh: 'fresh-scan', data: anything, owner: [] },
  { path: 'auditLogs/alice-scan/entries/1', fresh: '2', data: anything, owner: [] },
  { path: 'auditLogs/user:alice/entries/1', fresh: '2', data: anything, owner: [] },
  { path: 'operations/alice-archive', fresh: 'archive', data: anything, owner: [] },
  { path: 'webhookEndpoints/alice-hook', fresh: 'hook-2', data: anything, owner: [] },
  { path: 'webhookEndpoints/alice-hook/deliveries/d1', fresh: 'd2', data: anything, owner: [] },
  { path: 'webhookEndpoints/alice-hook/secrets/signing', fresh: 's2', data: anything, owner: [] },
];

const attempt: Record<Operation, (db: Firestore, place: Place) => Promise<unknown>> = {
  get: (db, { path }) => getDoc(doc(db, path)),
  overwrite: (db, { path, data }) => setDoc(doc(db, path), data(idOf(path))),
  update: (db, { path, data }) => updateDoc(doc(db, path), data(idOf(path))),
  delete: (db, { path }) => deleteDoc(doc(db, path)),
  create: (db, { path, fresh, data }) => setDoc(doc(db, beside(path, fresh)), data(fresh)),
};

const idOf = (path: string) => path.split('/').at(-1)!;
const beside = (path: string, id: string) => [...path.split('/').slice(0, -1), id].join('/');

const onDocuments = places.flatMap((place) =>
  (Object.keys(attempt) as Operation[]).flatMap((operation) =>
    ACTORS.map((actor): RulesCase => {
      const allowed = actor === 'owner' && place.owner.includes(operation);
      const object = operation === 'create' ? `a document beside ${place.path}` : place.path;
      return {
        name: `${actor} ${allowed ? 'may' : 'may not'} ${operation} ${object}`,
        as: actor,
        allowed,
        run: (db) => attempt[operation](db, place),
      };
    }),
  ),
);

/** Collections that their owner may list as a whole. */
const listable = ['users/alice/consents', 'users/alice/devices', 'accounts/alice/ledger'];
const collections = [
  ...listable,
  'scans',
  'users',
  'users/alice/memories',
  'users/alice/pushes',
  'users/alice/summaries',
  'accounts',
  'accounts/alice/limits',
  'auditLogs',
  'auditLogs/alice-scan/entries',
  'auditLogs/user:alice/entries',
  'operations',
  'webhookEndpoints',
  'webhookEndpoints/alice-hook/deliveries',
  'webhookEndpoints/alice-hook/secrets',
];

const onCollections = collections.flatMap((path) =>
  ACTORS.map((actor): RulesCase => {
    const allowed = actor === 'owner' && listable.includes(path);
    return {
      name: `${actor} ${allowed ? 'may' : 'may not'} list all of ${path}`,
      as: actor,
      allowed,
      run: (db) => getDocs(collection(db, path)),
    };
  }),
);

export const ownershipCases = [...onDocuments, ...onCollections];
