/** Finds scans that no list and no sweep finds, since their documents have no time of creation. */

import { paths } from '@reddyfit/shared/names/paths';
import { OPEN_STATUSES } from '@reddyfit/shared/scan/statuses';
import type { WatchView } from '@reddyfit/shared/operator/watch';
import type { Firestore } from 'firebase-admin/firestore';

/** The most open scans that are read to name those without the field, and the most that are named. */
const MOST_READ = 500;
const MOST_NAMED = 10;

/**
 * How many scans that have not ended have no `createdAt`, and the ids of some. No index holds a document without the field, so these
 * are the open scans less those that the index of open scans by time holds: two counts at one moment. Documents are read only
 * where there is one.
 */
export async function undatedScans(db: Firestore): Promise<WatchView['undated']> {
  const open = db.collection(paths.scans()).where('status', 'in', OPEN_STATUSES);
  const [all, dated] = await db.runTransaction(
    (transaction) =>
      Promise.all([transaction.get(open.count()), transaction.get(open.orderBy('createdAt').count())]),
    { readOnly: true },
  );
  const scans = all.data().count - dated.data().count;
  if (scans <= 0) return { scans: 0, named: [] };
  const { docs } = await open.select('createdAt').limit(MOST_READ).get();
  const named = docs.filter((scan) => scan.get('createdAt') === undefined).map(({ id }) => id);
  return { scans, named: named.slice(0, MOST_NAMED) };
}
