/** A user's completed scans in Firestore, kept in one document. */

import { paths } from '@reddyfit/shared/names/paths';
import { estimationResult } from '@reddyfit/shared/scan/results';
import type { Scan } from '@reddyfit/shared/scan/document';
import { type ScanHistory, type ScanSummary, summaryOf } from '@reddyfit/shared/scan/history';
import { type DocumentSnapshot, type Firestore, Timestamp } from 'firebase-admin/firestore';
import type { EarlierScan } from '../scan/scan-store.ts';
import { commitOptimistically, unchanged } from './optimistic-commit.ts';

/**
 * How many scans a rebuilt document has at most, the newest ones: 300 kB. However old the newest is, it is among them, since a
 * scan is compared with the one before it.
 */
const MOST_MADE = 1000;

/** A document with more scans than this is rebuilt without the oldest, since a document's size is limited (1 MiB). */
const MOST_KEPT = 2000;

/**
 * The user's completed scans, at least the newest 1,000, newest first. When the document does not exist, or has grown
 * too long, it is rebuilt from the scan documents. The commit fails and starts over when a scan has completed or was
 * deleted meanwhile.
 */
export async function readScanHistory(db: Firestore, uid: string): Promise<EarlierScan[]> {
  const ref = db.doc(paths.scanHistory(uid));
  const first = await ref.get();
  const known = completeIn(first);
  if (known) return listed(known);
  let read: DocumentSnapshot | undefined = first;
  return commitOptimistically(db, async (batch) => {
    const document = read ?? (await ref.get());
    read = undefined;
    const made = completeIn(document);
    if (made) return listed(made);
    const scans = await scansOf(db, uid);
    if (document.exists) batch.update(ref, { complete: true, scans }, unchanged(document));
    else batch.create(ref, { complete: true, scans });
    return listed(scans);
  });
}

/**
 * The scans in the document; null when it must be rebuilt, because it is missing or incomplete, has too many scans, or
 * has a malformed one.
 */
function completeIn(document: DocumentSnapshot): ScanHistory['scans'] | null {
  const history = document.data() as ScanHistory | undefined;
  const scans = Object.values(history?.scans ?? {});
  if (!history?.complete || !history.scans || scans.length > MOST_KEPT) return null;
  return scans.every(isWhole) ? history.scans : null;
}

/** False when the summary is malformed, for example after an edit in the Firebase console. */
function isWhole(scan: Partial<ScanSummary> | null): boolean {
  const { createdAt, weightLb, estimation } = scan ?? {};
  const { bodyFatPercent, leanMassLb, fatMassLb, sources } = estimation ?? {};
  const numbers = [weightLb, bodyFatPercent, leanMassLb, fatMassLb];
  const areSources = estimationResult.shape.sources.safeParse(sources).success;
  return createdAt instanceof Timestamp && numbers.every(Number.isFinite) && areSources;
}

async function scansOf(db: Firestore, uid: string): Promise<ScanHistory['scans']> {
  const { docs } = await db
    .collection(paths.scans())
    .where('userId', '==', uid)
    .where('status', '==', 'completed')
    .orderBy('createdAt', 'desc')
    .select('createdAt', 'weightLb', 'results.estimation')
    .limit(MOST_MADE)
    .get();
  const kept = docs.map((document) => [document.id, summaryOf(document.data() as Scan)] as const);
  return Object.fromEntries(kept.filter((each) => each[1] !== null)) as ScanHistory['scans'];
}

function listed(scans: ScanHistory['scans']): EarlierScan[] {
  return Object.entries(scans)
    .map(([scanId, { createdAt, ...scan }]) => ({
      scanId,
      createdAt: new Date(createdAt.toMillis()),
      ...scan,
    }))
    .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
}
