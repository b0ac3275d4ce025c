/** The users of a load run, with credits for all their scans and any number of earlier scans. */

import { randomUUID } from 'node:crypto';
import { DAY_MS } from '@reddyfit/shared/durations';
import type { Firestore } from 'firebase-admin/firestore';
import { documentsOf } from '../../fixtures/seed/documents.ts';
import { demoUser, type PastScan, type Person } from '../../fixtures/seed/people.ts';

/** Documents in one batch; Firestore allows 500. */
const BATCH = 400;

/** A person like the demo user, with one earlier scan for each day. */
function person(scanCredits: number, pastScans: number, now: number): Person {
  const uid = `load-${randomUUID()}`;
  const past = (index: number): PastScan => ({
    scanId: `${uid}-${index}`,
    createdAt: new Date(now - (pastScans - index) * DAY_MS),
    weightLb: 184 + (index % 7) / 10,
    bodyFatPercent: 24 + (index % 5) / 10,
  });
  return {
    ...demoUser,
    uid,
    email: `${uid}@reddyfit.example`,
    joinedAt: new Date(now - (pastScans + 1) * DAY_MS),
    device: { id: 'phone', token: `token-${uid}`, platform: 'ios' },
    scanCredits,
    scans: Array.from({ length: pastScans }, (_, index) => past(index)),
  };
}

/** Writes `count` users, each with `credits` and `pastScans` completed scans, and resolves with their ids. */
export async function settleUsers(
  db: Firestore,
  bucket: string,
  { count, credits, pastScans }: { count: number; credits: number; pastScans: number },
): Promise<string[]> {
  const people = Array.from({ length: count }, () => person(credits, pastScans, Date.now()));
  const documents = people.flatMap((each) => documentsOf(each, bucket));
  for (let from = 0; from < documents.length; from += BATCH) {
    const batch = db.batch();
    for (const { path, fields } of documents.slice(from, from + BATCH)) batch.set(db.doc(path), fields);
    await batch.commit();
  }
  return people.map(({ uid }) => uid);
}
