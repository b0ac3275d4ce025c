/** Exports who saw whose data when, as a signed statement that an auditor can keep. */

import { paths } from '@reddyfit/shared/names/paths';
import type { AccessesRequest, AccessStatement, SignedStatement } from '@reddyfit/shared/operator/audits';
import type { Firestore, QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { sha256 } from '../platform/audit-chain.ts';
import { accessQuery, type Auditor, periodOf, recordListing, refuseFuture, shown } from './audits.ts';
import { signingKeyOf, signStatement } from './sign-export.ts';

/** The most entries read at once, and in one export: 10,000 entries are about 3 MB. */
const PAGE = 1000;
const MOST = 10_000;

/**
 * An entry may be committed up to this long after the time that it states (ms). A period that ended later than this
 * before the export is therefore not complete.
 */
const SETTLED_MS = 60_000;

/** The most scans looked up at once. */
const SCANS_AT_ONCE = 300;

/**
 * Exports the entries of the period, each with the uid of the user whose data it was, as long as the scan exists. The
 * export and the digest of its payload are recorded in the auditor's chain before the answer is sent. `key` is in the
 * form that signingKeyOf reads.
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

/**
 * Chain → uid of the user whose data it is about: for a user's own chain from its name, for a scan's chain from the
 * scan's document.
 */
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
