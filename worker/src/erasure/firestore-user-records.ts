/** Everything Firestore holds of a user: read for an export, deleted with the account, and counted after. */

import { accountChain, userChain } from '@reddyfit/shared/audit/chain';
import { allEntries } from '@reddyfit/shared/audit/stored';
import { paths } from '@reddyfit/shared/names/paths';
import { retryableSteps, type Scan } from '@reddyfit/shared/scan/document';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import { withIsoTimes } from '@reddyfit/shared/timestamps';
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

/** Documents read, or deleted, at once. */
const PAGE = 200;

/** What stands in place of the user's id on the record of a webhook delivery. */
const NOBODY = 'deleted';

/** Chains of deleted scans read at once while they are deleted beside each other. */
const CHAINS_AT_ONCE = 20;

/** gRPC: no such document. */
const NOT_FOUND = 5;

/** Records in `db`. */
export function firestoreUserRecords(db: Firestore): UserRecords {
  const scansOf = (uid: string) => db.collection(paths.scans()).where('userId', '==', uid);

  /** Entries of chains in which the user acted: of those that are not reached by a scan, since the user deleted it. */
  const actsOf = (uid: string) => db.collectionGroup('entries').where('actor', '==', `user:${uid}`);

  /** Records of webhook deliveries that tell of the user's scans. */
  const deliveriesOf = (uid: string) =>
    db.collectionGroup('deliveries').where('event.data.userId', '==', uid);

  const beneath = async (uid: string): Promise<CollectionReference[]> => {
    const homes = [db.doc(paths.user(uid)), db.doc(paths.account(uid))];
    return (await Promise.all(homes.map((home) => home.listCollections()))).flat();
  };

  /**
   * Deletes chains, and records before that they were, by digests alone, in the chain that is kept of the account: so that a
   * chain that an anchor names is known to have gone by right. Key: the chains; again: what is left.
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
      // Without tokens, which are keys of ours; an app may have named the device by one.
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
        if (scan?.userId !== uid || !isTerminal(scan.status)) return;
        transaction.delete(ref);
        // Nobody is told any more how it ended, and nothing is compared with it.
        transaction.delete(db.doc(paths.announcement(scanId)));
        const compared = db.doc(paths.scanHistory(uid));
        // The time makes it another document also where the scan was not in it: whoever makes it anew at this moment begins again.
        const without = { scans: { [scanId]: FieldValue.delete() }, changedAt: FieldValue.serverTimestamp() };
        transaction.set(compared, without, { merge: true });
      }),

    async deleteScans(uid) {
      let scans = 0;
      // Each round deletes what it found, so the first page is always the next.
      for (;;) {
        const { docs } = await scansOf(uid).select().limit(CHAINS_AT_ONCE).get();
        if (docs.length === 0) break;
        // The chain first: it is found by its scan.
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
      // The partner has had the id; the record of that is ours, and loses it. Each round finds what is left.
      for (;;) {
        const { docs } = await deliveriesOf(uid).select().limit(PAGE).get();
        if (docs.length === 0) break;
        await Promise.all(docs.map(({ ref }) => ref.update({ 'event.data.userId': NOBODY })));
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
    yield { scanId: scan.id, entries: await entriesOf(db, scan.id) };
  }
}

async function entriesOf(db: Firestore, chain: string): Promise<unknown[]> {
  const entries = await db.collection(paths.auditEntries(chain)).orderBy('seq').get();
  return allEntries(entries.docs);
}
