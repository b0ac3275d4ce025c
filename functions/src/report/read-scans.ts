/** Reads the scans of a period from the database: one stream, only the fields that the report needs. */

import { paths } from '@reddyfit/shared/names/paths';
import { type Firestore, type QueryDocumentSnapshot, Timestamp } from 'firebase-admin/firestore';
import type { Period } from './period.ts';
import { FACT_FIELDS, factsOf, type ScanFacts } from './scan-facts.ts';

/** Every scan that was created in the period, the oldest first. */
export async function* readScans(db: Firestore, period: Period): AsyncGenerator<ScanFacts> {
  const query = within(db, period).select(...FACT_FIELDS);
  for await (const document of query.stream() as AsyncIterable<QueryDocumentSnapshot>) {
    yield factsOf(document.id, document.data());
  }
}

/** The latest scans that were created in the period, `most` of them. */
export async function latestScans(db: Firestore, period: Period, most: number): Promise<ScanFacts[]> {
  const { docs } = await within(db, period, 'desc')
    .select(...FACT_FIELDS)
    .limit(most)
    .get();
  return docs.map((document) => factsOf(document.id, document.data()));
}

/** How many scans were created in the period. The database counts them, at one read for a thousand. */
export async function countScans(db: Firestore, period: Period): Promise<number> {
  return (await within(db, period).count().get()).data().count;
}

function within(db: Firestore, { since, until }: Period, direction: 'asc' | 'desc' = 'asc') {
  return db
    .collection(paths.scans())
    .where('createdAt', '>=', Timestamp.fromMillis(since))
    .where('createdAt', '<', Timestamp.fromMillis(until))
    .orderBy('createdAt', direction);
}
