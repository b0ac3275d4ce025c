/**
 * Measures how long a page of the operator's desk takes, by what is looked for, while there are more and more scans. On servers of its own,
 * since a stack would take each scan that is written for one to begin.
 */

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { http, type HttpFunction } from '@google-cloud/functions-framework';
import { getTestServer } from '@google-cloud/functions-framework/testing';
import { ERROR_CODES } from '@reddyfit/shared/errors';
import { paths } from '@reddyfit/shared/names/paths';
import { STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { Command } from 'commander';
import { getAuth } from 'firebase-admin/auth';
import { Timestamp } from 'firebase-admin/firestore';
import { idTokenOf } from '../test/id-token.ts';
import { startAuth, startFirestore } from '../test/servers.ts';

const { scans: asked, rounds } = new Command('node bench/find-scans.ts')
  .option('--scans <counts>', 'how many there are, one measurement after the other', '20000,100000')
  .option('--rounds <count>', 'how often each page is asked for', Number, 20)
  .parse()
  .opts<{ scans: string; rounds: number }>();
const counts = asked.split(',').map(Number);
const most = Math.max(...counts);
const projectId = 'demo-find-scans';

/** Of every 100 scans, how many stand so: as a bad day has it. */
const STATUSES = [
  ['completed', 85],
  ['rejected', 8],
  ['failed', 5],
  ['canceled', 1],
  ['processing', 1],
] as const;
const USERS = 5000;
const DAY_MS = 86_400_000;
/** Documents of one commit. */
const BATCH = 500;

const now = Date.now();

const statusOf = (n: number): string => {
  let place = (n * 37) % 100;
  for (const [status, share] of STATUSES) {
    if (place < share) return status;
    place -= share;
  }
  return 'completed';
};

/** The same fields and sizes as the scans of the demo, over thirty days. */
function scanOf(n: number): object {
  const at = now - Math.floor((n / most) * 30 * DAY_MS) - 1;
  const status = statusOf(n);
  const time = (after: number) => Timestamp.fromMillis(at + after);
  return {
    userId: `seeded-${n % USERS}`,
    photoUrls: Object.fromEntries(['front', 'back', 'left', 'right'].map((angle) => [angle, 'x'.repeat(90)])),
    weightLb: 180,
    status,
    createdAt: time(0),
    ...(status !== 'processing' && { completedAt: time(40_000 + (n % 1000)) }),
    rev: 7,
    progress: 100,
    simulated: true,
    steps: Object.fromEntries(
      STEP_NAMES.map((step, index) => [
        step,
        {
          state: 'completed',
          attempt: 1,
          startedAt: time(1000 * index),
          completedAt: time(5000 + 1000 * index),
        },
      ]),
    ),
    results: { insights: { summary: 'y'.repeat(1500) } },
    ...(status === 'failed' && {
      error: { code: ERROR_CODES[n % ERROR_CODES.length], message: 'z', retryable: false },
    }),
  };
}

const [firestoreServer, authServer] = await Promise.all([startFirestore(), startAuth(projectId)]);
Object.assign(process.env, {
  FIRESTORE_EMULATOR_HOST: firestoreServer.address,
  FIREBASE_AUTH_EMULATOR_HOST: authServer.address,
  TEMPORAL_API_KEY: 'none',
  TEMPORAL_CLIENT_CERT: 'none',
  TEMPORAL_CLIENT_KEY: 'none',
  PAYLOAD_ENCRYPTION_KEYS: 'none',
  OPERATOR_SECOND_FACTOR: 'false',
  GCLOUD_PROJECT: projectId,
  GOOGLE_CLOUD_PROJECT: projectId,
  FIREBASE_CONFIG: JSON.stringify({ projectId }),
  METADATA_SERVER_DETECTION: 'none',
});
// Read their settings as they are loaded.
const { api } = await import('../functions/src/http/api.ts');
const { firestore } = await import('../functions/src/platform/firestore.ts');
const db = firestore();
// Their declarations are of two versions of Express.
http('api', api as unknown as HttpFunction);
const server = getTestServer('api').listen(0, '127.0.0.1');
await once(server, 'listening');
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/operator/v1/scans/find`;

const uid = 'bench-viewer';
await getAuth().createUser({ uid });
await getAuth().setCustomUserClaims(uid, { operator: 'viewer' });
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

async function measure(): Promise<void> {
  const deep = await page({ status: 'completed', limit: 100 });
  const pages: Record<string, object> = {
    latest: {},
    'by scan': { scanId: 'seeded-scan-5000' },
    'by user': { userId: 'seeded-17' },
    'by status': { status: 'failed' },
    'by status, second page': { status: 'completed', cursor: deep.cursor! },
    'by error': { errorCode: ERROR_CODES[0] },
    'by user, status and error': { userId: 'seeded-17', status: 'failed', errorCode: ERROR_CODES[0] },
    'by status and time': { status: 'failed', from: new Date(now - DAY_MS).toISOString() },
    stuck: { stuckForSeconds: 3600 },
  };
  for (const [name, wanted] of Object.entries(pages)) {
    await page(wanted);
    const times: number[] = [];
    const before = process.cpuUsage();
    let found = 0;
    for (let round = 0; round < rounds; round += 1) {
      const start = performance.now();
      found = (await page(wanted)).scans.length;
      times.push(performance.now() - start);
    }
    const { user, system } = process.cpuUsage(before);
    times.sort((a, b) => a - b);
    const at = (share: number) =>
      times[Math.min(times.length - 1, Math.floor(times.length * share))]!.toFixed(0).padStart(5);
    const own = ((user + system) / 1000 / rounds).toFixed(0).padStart(4);
    process.stdout.write(
      `  ${name.padEnd(26)} ${String(found).padStart(3)} scans  median ${at(0.5)} ms  p95 ${at(0.95)} ms  ${own} ms of processor in the API and its caller\n`,
    );
  }
}

let there = 0;
for (const count of counts) {
  const began = Date.now();
  for (; there < count; there += BATCH) {
    const batch = db.batch();
    for (let n = there; n < Math.min(count, there + BATCH); n += 1)
      batch.set(db.doc(paths.scan(`seeded-scan-${n}`)), scanOf(n));
    await batch.commit();
  }
  process.stdout.write(`${count} scans (written in ${((Date.now() - began) / 1000).toFixed(0)} s)\n`);
  await measure();
}
server.closeAllConnections();
server.close();
await db.terminate();
await Promise.all([firestoreServer.stop(), authServer.stop()]);
process.exit();
