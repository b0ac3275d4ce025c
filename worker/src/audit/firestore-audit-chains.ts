/** Reads audit chains from Firestore: one chain, or all chains in the order of their names. */

import type { AuditAction, AuditEntry } from '@reddyfit/shared/audit/chain';
import type { StoredChain } from '@reddyfit/shared/audit/check';
import { paths } from '@reddyfit/shared/names/paths';
import { FieldPath, type Firestore, type Query, type QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { byBytes } from './order.ts';
import type { AuditChains, NamedChain } from './ports.ts';

/** Documents per query. */
const PAGE = 500;

/** Greater than every document id, so that a cursor with this id stands after all entries of a chain. */
const LAST_ID = '\u{10FFFF}';

/** The audit chains in `db`. */
export function firestoreAuditChains(db: Firestore): AuditChains {
  return {
    read: (chain) =>
      db.runTransaction(
        async (snapshot) => {
          const [head, entries] = await Promise.all([
            snapshot.get(db.doc(paths.auditLog(chain))),
            snapshot.get(db.collection(paths.auditEntries(chain))),
          ]);
          return { chain, head: head.data(), entries: entries.docs.map(stored) };
        },
        { readOnly: true },
      ),

    async *all(after) {
      const headsFrom = db.collection(paths.auditLogs()).orderBy(FieldPath.documentId());
      const entriesFrom = db.collectionGroup('entries').orderBy(FieldPath.documentId());
      const heads = pagesOf(after === undefined ? headsFrom : headsFrom.startAfter(after));
      const last = after === undefined ? null : db.doc(`${paths.auditEntries(after)}/${LAST_ID}`);
      const entries = pagesOf(last ? entriesFrom.startAfter(last) : entriesFrom);

      // Both lists are in the order of the chains' names. A head may have no entries, and entries may have no head.
      let [head, entry] = [await next(heads), await next(entries)];
      while (head ?? entry) {
        const chain = first(head?.id, entry && chainOf(entry));
        const found: NamedChain = { chain, head: undefined, entries: [] };
        if (head?.id === chain) {
          found.head = head.data();
          head = await next(heads);
        }
        for (; entry && chainOf(entry) === chain; entry = await next(entries))
          found.entries.push(stored(entry));
        yield found;
      }
    },

    async erased(since) {
      const records = db
        .collectionGroup('entries')
        .where('action', '==', 'audit_chains_erased' satisfies AuditAction)
        .where('at', '>=', since)
        .orderBy('at');
      const digests = new Set<string>();
      for await (const record of pagesOf(records)) {
        for (const digest of Object.keys(record.get('detail') as AuditEntry['detail'])) digests.add(digest);
      }
      return digests;
    },
  };
}

const stored = (entry: QueryDocumentSnapshot): StoredChain['entries'][number] => ({
  id: entry.id,
  data: entry.data(),
});

const chainOf = (entry: QueryDocumentSnapshot) => entry.ref.parent.parent!.id;

/** The lesser of two names, in byte order. At most one of them may be undefined. */
function first(a: string | undefined, b: string | undefined): string {
  if (a === undefined || b === undefined) return (a ?? b)!;
  return byBytes(a, b) <= 0 ? a : b;
}

async function next<Item>(items: AsyncGenerator<Item>): Promise<Item | undefined> {
  const { value, done } = await items.next();
  return done ? undefined : value;
}

async function* pagesOf(query: Query): AsyncGenerator<QueryDocumentSnapshot, undefined> {
  for (let last: QueryDocumentSnapshot | undefined; ;) {
    const { docs } = await (last ? query.startAfter(last) : query).limit(PAGE).get();
    yield* docs;
    if (docs.length < PAGE) return undefined;
    last = docs.at(-1);
  }
}
