/** Everything Firestore holds of a user: read for an export, deleted with the account, and counted after. */

import { paths } from '@reddyfit/shared/paths';
import type { Scan } from '@reddyfit/shared/scans';
import { isTerminal } from '@reddyfit/shared/statuses';
import { withIsoTimes } from '@reddyfit/shared/timestamps';
import {
  type CollectionReference,
  type Firestore,
  type Query,
  type QueryDocumentSnapshot,
  Timestamp,
} from 'firebase-admin/firestore';
import type { UserRecords } from '../ports.ts';

/** Documents read, or deleted, at once. */
const PAGE = 200;

/** Chains of deleted scans read at once while they are deleted beside each other. */
const CHAINS_AT_ONCE = 20;

/** gRPC: no such document. */
const NOT_FOUND = 5;

/** Records in `db`. */
export function firestoreUserRecords(db: Firestore): UserRecords {
  const scansOf = (uid: string) => db.collection(paths.scans()).where('userId', '==', uid);

  /** Entries of chains in which the user acted: of those that are not reached by a scan, since the user deleted it. */
  const actsOf = (uid: string) => db.collectionGroup('entries').where('actor', '==', `user:${uid}`);

  const beneath = async (uid: string): Promise<CollectionReference[]> => {
    const homes = [db.doc(paths.user(uid)), db.doc(paths.account(uid))];
    return (await Promise.all(homes.map((home) => home.listCollections()))).flat();
  };

  const deleteChain = (scanId: string) => db.recursiveDelete(db.doc(paths.auditLog(scanId)));

  return {
    async *everything(uid) {
      yield ['profile', await valueOf(db, paths.user(uid))];
      yield ['consents', await collect(db.collection(paths.consents(uid)))];
      // Without tokens, which are keys of ours; an app may have named the device by one.
      const devices = await collect(db.collection(paths.devices(uid)).select('platform', 'updatedAt'));
      yield ['devices', devices.map((device) => ({ ...device, id: undefined }))];
      yield ['account', await valueOf(db, paths.account(uid))];
      yield ['ledger', await collect(db.collection(paths.ledger(uid)).orderBy('at'))];
      yield ['scans', pieces(scansOf(uid).orderBy('createdAt', 'desc'))];
      yield ['audit', chains(db, scansOf(uid))];
    },

    async liveScans(uid, since) {
      const live: string[] = [];
      for await (const scan of pagesOf(scansOf(uid).select('status', 'updatedAt'))) {
        const { status, updatedAt } = scan.data() as Pick<Scan, 'status' | 'updatedAt'>;
        if (!isTerminal(status) || (updatedAt?.toMillis() ?? 0) >= since.getTime()) live.push(scan.id);
      }
      return live;
    },

    deleteScan: (uid, scanId) =>
      db.runTransaction(async (transaction) => {
        const ref = db.doc(paths.scan(scanId));
        const scan = (await transaction.get(ref)).data() as Scan | undefined;
        if (scan?.userId === uid && isTerminal(scan.status)) transaction.delete(ref);
      }),

    async deleteScans(uid) {
      let scans = 0;
      // Each round deletes what it found, so the first page is always the next.
      for (;;) {
        const { docs } = await scansOf(uid).select().limit(CHAINS_AT_ONCE).get();
        if (docs.length === 0) break;
        // The chain first: it is found by its scan.
        await Promise.all(docs.map((scan) => deleteChain(scan.id)));
        await Promise.all(docs.map((scan) => scan.ref.delete()));
        scans += docs.length;
      }
      for (;;) {
        const { docs } = await actsOf(uid).select().limit(PAGE).get();
        if (docs.length === 0) break;
        await Promise.all([...new Set(docs.map(chainOf))].map(deleteChain));
      }
      return { scans };
    },

    async deleteRecords(uid) {
      for (const collection of await beneath(uid)) await db.recursiveDelete(collection);
      await db.doc(paths.account(uid)).delete();
    },

    async left(uid) {
      const collections = await beneath(uid);
      const counts = await Promise.all(
        collections.map(async (collection) => [collection.id, await count(collection)] as const),
      );
      return {
        scans: await count(scansOf(uid)),
        auditEntries: await count(actsOf(uid)),
        account: (await db.doc(paths.account(uid)).get()).exists ? 1 : 0,
        ...Object.fromEntries(counts),
      };
    },

    async deleteProfile(uid) {
      await db.doc(paths.user(uid)).delete();
    },

    async reportDeletion(uid, { state, stage }) {
      try {
        await db.doc(paths.user(uid)).update({
          'deletion.state': state,
          'deletion.stage': stage,
          'deletion.updatedAt': Timestamp.now(),
        });
      } catch (error) {
        if ((error as { code?: unknown }).code !== NOT_FOUND) throw error;
      }
    },
  };
}

const count = async (query: Query) => (await query.count().get()).data().count;

/** The scan whose chain an entry belongs to. */
const chainOf = (entry: QueryDocumentSnapshot) => entry.ref.parent.parent!.id;

async function valueOf(db: Firestore, path: string): Promise<unknown> {
  return withIsoTimes((await db.doc(path).get()).data() ?? null);
}

const withId = (document: QueryDocumentSnapshot): Record<string, unknown> => ({
  id: document.id,
  ...(withIsoTimes(document.data()) as object),
});

/** Documents of a query, a page at a time; what it is ordered by must be among what it selects. */
async function* pagesOf(query: Query): AsyncGenerator<QueryDocumentSnapshot> {
  for (let last: QueryDocumentSnapshot | undefined; ;) {
    const { docs } = await (last ? query.startAfter(last) : query).limit(PAGE).get();
    yield* docs;
    if (docs.length < PAGE) return;
    last = docs.at(-1);
  }
}

async function collect(query: Query): Promise<Record<string, unknown>[]> {
  return (await query.get()).docs.map(withId);
}

async function* pieces(query: Query): AsyncGenerator<unknown> {
  for await (const document of pagesOf(query)) yield withId(document);
}

async function* chains(db: Firestore, scans: Query): AsyncGenerator<unknown> {
  for await (const scan of pagesOf(scans.select())) {
    const entries = await db.collection(paths.auditEntries(scan.id)).orderBy('seq').get();
    yield { scanId: scan.id, entries: entries.docs.map((entry) => entry.data()) };
  }
}
