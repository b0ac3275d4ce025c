/** Who saw whose data when, as a statement that is signed and can be taken away. */

import { paths } from '@reddyfit/shared/names/paths';
import type { AccessesRequest, AccessStatement, SignedStatement } from '@reddyfit/shared/operator/audits';
import type { Firestore, QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { sha256 } from '../platform/audit-chain.ts';
import { accessQuery, type Auditor, periodOf, recordListing, refuseFuture, shown } from './audits.ts';
import { signingKeyOf, signStatement } from './sign-export.ts';

/** Entries read at once, and of one export: 10,000 are some 3 MB. */
const PAGE = 1000;
const MOST = 10_000;

/** Entries of this time (ms) may still be on their way: a commit is later than the time that it names. */
const SETTLED_MS = 60_000;

/** Scans looked up at once. */
const SCANS_AT_ONCE = 300;

/**
 * All entries of the period, each with whose data it was while that scan is there. That it was taken away is in the auditor's chain, with
 * the digest of the payload, before the answer leaves. `key` as signingKeyOf reads it.
 */
export async function exportAccesses(
  db: Firestore,
  asked: AccessesRequest,
  { auditor, now, key, projectId }: Auditor & { key: string; projectId: string },
): Promise<SignedStatement> {
  refuseFuture(asked, now);
  const signing = signingKeyOf(key);
  const docs = await all(db, asked);
  const entries = docs.slice(0, MOST).map(shown);
  const users = await usersOf(
    db,
    entries.map(({ chain }) => chain),
  );
  const statement: AccessStatement = {
    kind: 'accesses',
    projectId,
    from: asked.from,
    to: asked.to,
    operator: asked.operator ?? null,
    madeAt: now.toISOString(),
    madeBy: auditor,
    complete: docs.length <= MOST && Date.parse(asked.to) <= now.getTime() - SETTLED_MS,
    entries: entries.map((entry) => ({ ...entry, user: users.get(entry.chain) ?? null })),
  };
  const signed = signStatement(statement, signing);
  const detail = { ...periodOf(asked), found: entries.length, sha256: sha256(signed.payload) };
  await recordListing(db, { auditor, now }, 'accesses_exported', detail);
  return signed;
}

async function all(db: Firestore, asked: AccessesRequest): Promise<QueryDocumentSnapshot[]> {
  const found: QueryDocumentSnapshot[] = [];
  for (;;) {
    const last = found.at(-1);
    const query = accessQuery(db, asked).limit(PAGE);
    const { docs } = await (last ? query.startAfter(last) : query).get();
    found.push(...docs);
    if (docs.length < PAGE || found.length > MOST) return found;
  }
}

/** Chain → whose data it is about: of a user's own chain by its name, of a scan's by its document. */
async function usersOf(db: Firestore, chains: readonly string[]): Promise<Map<string, string>> {
  const names = [...new Set(chains)];
  const users = new Map(
    names.filter((name) => name.startsWith('user:')).map((name) => [name, name.slice('user:'.length)]),
  );
  const scans = names.filter((name) => !name.includes(':'));
  for (let first = 0; first < scans.length; first += SCANS_AT_ONCE) {
    const refs = scans.slice(first, first + SCANS_AT_ONCE).map((scanId) => db.doc(paths.scan(scanId)));
    for (const scan of await db.getAll(...refs, { fieldMask: ['userId'] })) {
      const userId = scan.get('userId') as string | undefined;
      if (userId !== undefined) users.set(scan.id, userId);
    }
  }
  return users;
}
