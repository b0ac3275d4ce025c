/**
 * Measures which queries the Firestore emulator serves without reading a whole collection, and what a page among small documents
 * would take: one flat document for each scan with what the desk searches by, all in one collection, or in a collection for each day.
 */

import { Command } from 'commander';
import { FieldPath, Firestore, type Query, Timestamp } from 'firebase-admin/firestore';
import { wholeNumber } from '../ops/numbers.ts';
import { cpuMs } from '../worker/src/body/vision/examiner-process.ts';
import { startFirestore } from '../test/servers.ts';
import { median } from './statistics.ts';

const { documents, rounds } = new Command('node bench/find-flat.ts')
  .option('--documents <count>', 'how many there are', wholeNumber(1, 10_000_000), 100_000)
  .option('--rounds <count>', 'how often each page is asked for', wholeNumber(1, 1000), 9)
  .parse()
  .opts<{ documents: number; rounds: number }>();

const DAYS = 30;
const USERS = 5000;
const BATCH = 500;
const now = Date.now();

const server = await startFirestore();
process.env['FIRESTORE_EMULATOR_HOST'] = server.address;
const db = new Firestore({ projectId: 'demo-find-flat' });

/** What the desk searches by, and shows in a list. */
function entryOf(n: number): object {
  const at = now - Math.floor((n / documents) * DAYS * 86_400_000);
  return {
    userId: `seeded-user-with-28-letters-${n % USERS}`,
    status: n % 20 === 0 ? 'failed' : 'completed',
    ...(n % 20 === 0 && { errorCode: 'ModelUnavailableError' }),
    createdAt: Timestamp.fromMillis(at),
    completedAt: Timestamp.fromMillis(at + 90_000),
    durationMs: 90_000 + (n % 1000),
    build: `1.0.${n % 7}`,
  };
}

for (let n = 0; n < documents; n += BATCH) {
  const batch = db.batch();
  for (let each = n; each < Math.min(documents, n + BATCH); each += 1) {
    const day = Math.floor((each / documents) * DAYS);
    const id = String(each).padStart(9, '0');
    batch.set(db.doc(`flat/${id}`), entryOf(each));
    batch.set(db.doc(`days/${day}/flat-of-day/${id}`), entryOf(each));
  }
  await batch.commit();
}

async function measure(name: string, query: Query): Promise<void> {
  const times: number[] = [];
  const before = cpuMs(server.pid) ?? NaN;
  let found = 0;
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    found = (await query.limit(51).get()).size;
    times.push(performance.now() - start);
  }
  const own = ((cpuMs(server.pid) ?? NaN) - before) / rounds;
  const [took, worked] = [median(times), own].map((ms) => `${ms.toFixed(0).padStart(5)} ms`);
  const line = `${String(found).padStart(3)} found  median ${took}  ${worked} of the emulator's processor time`;
  process.stdout.write(`  ${name.padEnd(42)} ${line}\n`);
}

const all = db.collection('flat');
const ofDay = db.collection('days/3/flat-of-day');
const byId = FieldPath.documentId();
const at = (share: number) => String(Math.floor(documents * share)).padStart(9, '0');
process.stdout.write(`${documents} small documents\n`);
await measure('latest', all.orderBy('createdAt', 'desc'));
await measure('by status', all.where('status', '==', 'failed').orderBy('createdAt', 'desc'));
await measure(
  'by user',
  all.where('userId', '==', 'seeded-user-with-28-letters-17').orderBy('createdAt', 'desc'),
);
await measure('slowest', all.orderBy('durationMs', 'desc'));
await measure(
  'one day by time, of all',
  all.where('createdAt', '>=', Timestamp.fromMillis(now - 86_400_000)).orderBy('createdAt', 'desc'),
);
await measure('one day, in its own collection', ofDay.orderBy('createdAt', 'desc'));
await measure(
  'one day by status, in its own collection',
  ofDay.where('status', '==', 'failed').orderBy('createdAt', 'desc'),
);
await measure('order of ids', all.orderBy(byId));
await measure('order of ids, by status', all.where('status', '==', 'failed').orderBy(byId));
await measure('order of ids, from the middle', all.orderBy(byId).startAt(at(0.5)));
await measure('order of ids, from the end', all.orderBy(byId).startAt(at(0.99)));
await db.terminate();
await server.stop();
process.exit();
