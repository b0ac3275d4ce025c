/**
 * Measures how long a page of the operator's desk takes for each kind of search, while the number of scans grows. For
 * comparison it measures the same query sent directly to the database, and the processor time that it takes there. It runs on
 * servers of its own: the functions of a stack would start a workflow for every scan that is written. FIRESTORE_EMULATOR_BIN
 * names another build of the emulator.
 */

import { existsSync, readFileSync } from 'node:fs';
import { DAY_MS } from '@reddyfit/shared/durations';
import { ERROR_CODES } from '@reddyfit/shared/errors';
import { paths } from '@reddyfit/shared/names/paths';
import { findScansRequest } from '@reddyfit/shared/operator/find';
import { Command } from 'commander';
import { getAuth } from 'firebase-admin/auth';
import { FieldPath, type Query, Timestamp } from 'firebase-admin/firestore';
import { writeManyScans } from '../fixtures/many-scans.ts';
import { wholeNumber } from '../ops/numbers.ts';
import { cpuMs } from '../worker/src/body/vision/examiner-process.ts';
import { median, quantile } from './statistics.ts';
import { serveDeskApi } from '../test/desk-api.ts';
import { idTokenOf } from '../test/id-token.ts';
import { startAuth, startFirestore } from '../test/servers.ts';

const scansAtMost = wholeNumber(1, 10_000_000);
const counted = (text: string): number[] => text.split(',').map(scansAtMost);

const { scans: counts, rounds } = new Command('npx node bench/find-scans.ts')
  .option(
    '--scans <counts>',
    'how many there are, one measurement after the other',
    counted,
    [20_000, 100_000],
  )
  .option('--rounds <count>', 'how often each page is asked for', wholeNumber(1, 1000), 20)
  .parse()
  .opts<{ scans: number[]; rounds: number }>();
const most = Math.max(...counts);
const projectId = 'demo-find-scans';

const now = Date.now();

const [firestoreServer, authServer] = await Promise.all([startFirestore(), startAuth(projectId)]);
const desk = await serveDeskApi(projectId, { firestore: firestoreServer.address, auth: authServer.address });
// Imported here because these modules read their settings when they are loaded.
const { queryOf } = await import('../functions/src/operator/find-scans.ts');
const { FOUND_FIELDS } = await import('../functions/src/operator/facts.ts');
const { db } = desk;
const address = `${desk.address}/api/operator/v1/scans/find`;

const uid = 'bench-viewer';
await getAuth().createUser({ uid });
await getAuth().setCustomUserClaims(uid, { operator: 'viewer' });
const PERSON = { uid: 'seeded-17', email: 'seeded-17@reddyfit.example', deviceToken: 'token-of-seeded-17' };
await getAuth().createUser({ uid: PERSON.uid, email: PERSON.email });
await db
  .doc(paths.device(PERSON.uid, 'phone'))
  .set({ token: PERSON.deviceToken, platform: 'ios', updatedAt: Timestamp.now() });
const token = await idTokenOf({ auth: authServer.address }, getAuth(), uid);

async function page(wanted: object): Promise<{ scans: unknown[]; cursor: string | null }> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(wanted),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()) as { scans: unknown[]; cursor: string | null };
}

const ms = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(0)).padStart(6);
const emulatorMs = () => cpuMs(firestoreServer.pid) ?? NaN;

/** The memory that the emulator holds (MiB). */
function emulatorMiB(): number {
  const file = `/proc/${firestoreServer.pid}/status`;
  const status = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1024;
}

/** How long the query takes when it is sent directly, and the processor time of the emulator for it (ms), as a line says it. */
async function queryLine(query: Query): Promise<string> {
  const times: number[] = [];
  const before = emulatorMs();
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await query.select(...FOUND_FIELDS).get();
    times.push(performance.now() - start);
  }
  const own = (emulatorMs() - before) / rounds;
  return `the query alone ${ms(median(times))} ms, ${ms(own)} ms of the emulator's processor time`;
}

/** The query of the page; undefined where the page reads a document by its name. */
function pageQuery(wanted: object): Query | undefined {
  const { scanId, eventId, email, deviceToken, ...rest } = findScansRequest.parse(wanted);
  if (scanId ?? eventId) return undefined;
  const userId = email || deviceToken ? PERSON.uid : rest.userId;
  return queryOf(db, rest, userId, new Date()).limit(rest.limit + 1);
}

async function measure(): Promise<void> {
  const deep = await page({ status: 'completed', limit: 100 });
  const pages: Record<string, object> = {
    latest: {},
    'by scan': { scanId: 'seeded-scan-5000' },
    'by webhook event': { eventId: 'seeded-scan-5000:scan.completed' },
    'by user': { userId: PERSON.uid },
    'by e-mail': { email: PERSON.email },
    'by device': { deviceToken: PERSON.deviceToken },
    'by status': { status: 'failed' },
    'by status, second page': { status: 'completed', cursor: deep.cursor! },
    'by error': { errorCode: ERROR_CODES[0] },
    'by build': { build: '1.0.3' },
    slowest: { slowerThanSeconds: 0 },
    'slowest of a day': { slowerThanSeconds: 0, from: new Date(now - DAY_MS).toISOString() },
    'by user, status and error': { userId: 'seeded-17', status: 'failed', errorCode: ERROR_CODES[0] },
    'by status and time': { status: 'failed', from: new Date(now - DAY_MS).toISOString() },
    stuck: { stuckForSeconds: 3600 },
  };
  for (const [name, wanted] of Object.entries(pages)) {
    const times: number[] = [];
    const before = process.cpuUsage();
    let found = 0;
    for (let round = 0; round < rounds; round += 1) {
      const start = performance.now();
      found = (await page(wanted)).scans.length;
      times.push(performance.now() - start);
    }
    const { user, system } = process.cpuUsage(before);
    const own = ms((user + system) / 1000 / rounds);
    const query = pageQuery(wanted);
    process.stdout.write(
      `  ${name.padEnd(26)} ${String(found).padStart(3)} scans  median ${ms(median(times))} ms  p95 ${ms(quantile(times, 0.95))} ms  ${own} ms of processor in the API and its caller  ${query ? await queryLine(query) : ''}\n`,
    );
  }
  const byId = db.collection(paths.scans()).orderBy(FieldPath.documentId()).limit(51);
  process.stdout.write(`  51 scans in the order of their ids: ${await queryLine(byId)}\n`);
}

let there = 0;
for (const count of counts) {
  const began = Date.now();
  const before = emulatorMs();
  await writeManyScans(db, [there, count], most, now);
  there = count;
  const seconds = ((Date.now() - began) / 1000).toFixed(0);
  const own = ((emulatorMs() - before) / 1000).toFixed(0);
  process.stdout.write(
    `${count} scans (written in ${seconds} s, ${own} s of the emulator's processor time; it holds ${emulatorMiB().toFixed(0)} MiB)\n`,
  );
  await measure();
}
await desk.close();
await Promise.all([firestoreServer.stop(), authServer.stop()]);
process.exit();
