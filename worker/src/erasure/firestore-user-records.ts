/** Everything Firestore holds of a user: reads it for an export, deletes it with the account, and counts what is left. */

import { accountChain, userChain } from '@reddyfit/shared/audit/chain';
import { allEntries } from '@reddyfit/shared/audit/stored';
import { paths } from '@reddyfit/shared/names/paths';
import { retryableSteps, type Scan } from '@reddyfit/shared/scan/document';
import { isTerminal, SCAN_STATUSES } from '@reddyfit/shared/scan/statuses';
import { withIsoTimes } from '@reddyfit/shared/timestamps';
import { DELETED_USER } from '@reddyfit/shared/webhooks/deliveries';
import {
  type CollectionReference,
  FieldValue,
  type Firestore,
  type Query,
  type QueryDocumentSnapshot,
  Timestamp,
} from 'firebase-admin/firestore';
import type { UserRecords } from './ports.ts';
import { firestoreAudit, sha256 } from '../audit/firestore-audit.ts';

/** Documents per query, and the most that are updated at once. */
const PAGE = 200;

/** Scans whose chains are deleted in parallel. */
const CHAINS_AT_ONCE = 20;

/** gRPC status code: the document does not exist. */
const NOT_FOUND = 5;

/** The records of users in `db`. */
export function firestoreUserRecords(db: Firestore): UserRecords {
  const scansOf = (uid: string) => db.collection(paths.scans()).where('userId', '==', uid);

  /**
   * Audit entries in which the user acted. They lead to the chains of scans that the user deleted, which no scan
   * document names any more.
   */
  const actsOf = (uid: string) => db.collectionGroup('entries').where('actor', '==', `user:${uid}`);

  /** Records of webhook deliveries about the user's scans. */
  const deliveriesOf = (uid: string) =>
    db.collectionGroup('deliveries').where('event.data.userId', '==', uid);

  const beneath = async (uid: string): Promise<CollectionReference[]> => {
    const homes = [db.doc(paths.user(uid)), db.doc(paths.account(uid))];
    return (await Promise.all(homes.map((home) => home.listCollections()))).flat();
  };

  /**
   * Deletes chains. Before that, records their names' digests and their hashes in the account's own chain, which is
   * kept, so that a later verification knows that a chain named by an anchor was deleted with its account. Key: the
   * chains; a second call deletes what is left.
   */
  const eraseChains = async (uid: string, names: readonly string[]): Promise<void> => {
    if (names.length === 0) return;
    const heads = await db.getAll(...names.map((chain) => db.doc(paths.auditLog(chain))));
    const known = heads.filter(({ exists }) => exists);
    if (known.length > 0) {
      const detail = Object.fromEntries(
        known.map((head) => [sha256(head.id), head.get('hash') as string] as const).toSorted(),
      );
      await firestoreAudit(db).append(accountChain(sha256(uid)), {
        key: `erased:${sha256(Object.keys(detail).join())}`,
        at: new Date().toISOString(),
        actor: 'workflow:deleteAccountWorkflow',
        action: 'audit_chains_erased',
        detail,
      });
    }
    await Promise.all(names.map((chain) => db.recursiveDelete(db.doc(paths.auditLog(chain)))));
  };

  return {
    async *everything(uid) {
      yield ['profile', await valueOf(db, paths.user(uid))];
      yield ['consents', await collect(db.collection(paths.consents(uid)))];
      // Push tokens are left out, since they work as keys. An app may have used the token as the device's id, so the id
      // is left out, too.
      const devices = await collect(db.collection(paths.devices(uid)).select('platform', 'updatedAt'));
      yield ['devices', devices.map((device) => ({ ...device, id: undefined }))];
      yield ['account', await valueOf(db, paths.account(uid))];
      yield ['ledger', await collect(db.collection(paths.ledger(uid)).orderBy('at'))];
      yield ['scans', pieces(scansOf(uid).orderBy('createdAt', 'desc'))];
      yield ['audit', chains(db, scansOf(uid))];
      yield ['accountAudit', await entriesOf(db, userChain(uid))];
    },

    async liveScans(uid, since) {
      const live: string[] = [];
      for await (const scan of pagesOf(scansOf(uid).select('status', 'updatedAt', 'steps'))) {
        const { status, updatedAt, steps } = scan.data() as Pick<Scan, 'status' | 'updatedAt' | 'steps'>;
        const recent = (updatedAt?.toMillis() ?? 0) >= since.getTime();
        const runsAgain = status === 'completed' && retryableSteps(steps).length > 0;
        if (!isTerminal(status) || recent || runsAgain) live.push(scan.id);
      }
      return live;
    },

    deleteScan: (uid, scanId) =>
      db.runTransaction(async (transaction) => {
        const ref = db.doc(paths.scan(scanId));
        const scan = (await transaction.get(ref)).data() as Scan | undefined;
        // A status that somebody has broken is that of no scan that runs: deleteScan has looked whether it does.
        const isRunning = scan && SCAN_STATUSES.includes(scan.status) && !isTerminal(scan.status);
        if (scan?.userId !== uid || isRunning) return;
        transaction.delete(ref);
        // The end of a deleted scan is not announced any more, and later scans are not compared with it.
        transaction.delete(db.doc(paths.announcement(scanId)));
        const compared = db.doc(paths.scanHistory(uid));
        // `changedAt` changes the document even when the scan was not in it, so that a reader who rebuilds the history
        // at this moment starts over.
        const without = { scans: { [scanId]: FieldValue.delete() }, changedAt: FieldValue.serverTimestamp() };
        transaction.set(compared, without, { merge: true });
      }),

    async deleteScans(uid) {
      let scans = 0;
      // Each round deletes what it found, so the first page of the query is always the next page to delete.
      for (;;) {
        const { docs } = await scansOf(uid).select().limit(CHAINS_AT_ONCE).get();
        if (docs.length === 0) break;
        // The chain is deleted before its scan, because it is found by the scan's document.
        await eraseChains(
          uid,
          docs.map((scan) => scan.id),
        );
        await Promise.all(
          docs.flatMap((scan) => [scan.ref.delete(), db.doc(paths.announcement(scan.id)).delete()]),
        );
        scans += docs.length;
      }
      for (;;) {
        const { docs } = await actsOf(uid).select().limit(PAGE).get();
        if (docs.length === 0) break;
        await eraseChains(uid, [...new Set(docs.map(chainOf))]);
      }
      await eraseChains(uid, [userChain(uid)]);
      return { scans };
    },

    async deleteRecords(uid) {
      // The partner already knows the user's id; it is removed from the record of the delivery here. Each round finds
      // the records that are left.
      for (;;) {
        const { docs } = await deliveriesOf(uid).select().limit(PAGE).get();
        if (docs.length === 0) break;
        await Promise.all(docs.map(({ ref }) => ref.update({ 'event.data.userId': DELETED_USER })));
      }
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
        deliveries: await count(deliveriesOf(uid)),
        userAudit: await count(db.collection(paths.auditEntries(userChain(uid)))),
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

/** The chain that an entry belongs to. */
const chainOf = (entry: QueryDocumentSnapshot) => entry.ref.parent.parent!.id;

async function valueOf(db: Firestore, path: string): Promise<unknown> {
  return withIsoTimes((await db.doc(path).get()).data() ?? null);
}

const withId = (document: QueryDocumentSnapshot): Record<string, unknown> => ({
  id: document.id,
  ...(withIsoTimes(document.data()) as object),
});

/** The documents of a query, a page at a time. A field in the query's `orderBy` must also be selected. */
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
    yield { scanId: scan.id, entries: await entriesOf(db, scan.id) };
  }
}

async function entriesOf(db: Firestore, chain: string): Promise<unknown[]> {
  const entries = await db.collection(paths.auditEntries(chain)).orderBy('seq').get();
  return allEntries(entries.docs);
}
