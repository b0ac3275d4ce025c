/** Measures how long a page of the operator's desk takes, by what is looked for, in a stack that holds many scans. */

import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { ERROR_CODES } from '@reddyfit/shared/errors';
import { paths } from '@reddyfit/shared/names/paths';
import { STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { Command } from 'commander';
import { Timestamp } from 'firebase-admin/firestore';
import { openSite } from '../ops/site.ts';
import { readStack } from '../local/stack/stack-file.ts';
import { idTokenOf } from '../test/id-token.ts';

const { instance, scans, rounds } = new Command('node bench/find-scans.ts')
  .option('--instance <name>', 'which running stack', 'default')
  .option('--scans <count>', 'how many it is to hold', Number, 100_000)
  .option('--rounds <count>', 'how often each page is asked for', Number, 20)
  .parse()
  .opts<{ instance: string; scans: number; rounds: number }>();

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

const stack = readStack(instance);
const site = openSite({ instance });
const { db, auth } = site;
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
  const at = now - Math.floor((n / scans) * 30 * DAY_MS) - 1;
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

async function seed(): Promise<number> {
  const there = (await db.collection(paths.scans()).count().get()).data().count;
  for (let from = there; from < scans; from += BATCH) {
    const batch = db.batch();
    for (let n = from; n < Math.min(scans, from + BATCH); n += 1)
      batch.set(db.doc(paths.scan(`seeded-scan-${n}`)), scanOf(n));
    await batch.commit();
  }
  return Math.max(there, scans);
}

/** Processor time (s) that a process and its children on this machine have used, by /proc; by pids of the stack's own command lines. */
function coreSeconds(named: RegExp): number {
  const ticks = readProcesses().flatMap(({ command, stat }) =>
    named.test(command) ? [Number(stat[11]) + Number(stat[12])] : [],
  );
  return ticks.reduce((sum, one) => sum + one, 0) / 100;
}

function readProcesses(): { command: string; stat: string[] }[] {
  const { readdirSync } = process.getBuiltinModule('node:fs');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
        if (!environment.includes(stack.projectId) && !command.includes(stack.projectId)) return [];
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
        return [{ command, stat }];
      } catch {
        return [];
      }
    });
}

const began = Date.now();
const held = await seed();
process.stdout.write(`${held} scans, seeded in ${((Date.now() - began) / 1000).toFixed(0)} s\n`);

const uid = `bench-${randomUUID()}`;
await auth.createUser({ uid });
await auth.setCustomUserClaims(uid, { operator: 'viewer' });
const token = await idTokenOf(stack, auth, uid);
const api = `http://${stack.functions}/${stack.projectId}/${stack.region}/api/operator/v1`;

async function page(wanted: object): Promise<{ scans: unknown[]; cursor: string | null }> {
  const answer = await fetch(`${api}/scans/find`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(wanted),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()) as { scans: unknown[]; cursor: string | null };
}

const recently = new Date(now - DAY_MS).toISOString();
const deep = await page({ status: 'completed', limit: 100 });
const asked: Record<string, object> = {
  latest: {},
  'by scan': { scanId: 'seeded-scan-50000' },
  'by user': { userId: 'seeded-17' },
  'by status': { status: 'failed' },
  'by status, second page': { status: 'completed', cursor: deep.cursor! },
  'by error': { errorCode: ERROR_CODES[0] },
  'by user, status and error': { userId: 'seeded-17', status: 'failed', errorCode: ERROR_CODES[0] },
  'by status and time': { status: 'failed', from: recently },
  stuck: { stuckForSeconds: 3600 },
};
for (const [name, wanted] of Object.entries(asked)) {
  await page(wanted);
  const times: number[] = [];
  const [emulatorBefore, functionsBefore] = [coreSeconds(/hidane|firebase/), coreSeconds(/functions/)];
  let found = 0;
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    found = (await page(wanted)).scans.length;
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))]!.toFixed(0);
  const perPage = (after: number, before: number) => (((after - before) / rounds) * 1000).toFixed(0);
  process.stdout.write(
    `${name.padEnd(28)} ${String(found).padStart(3)} scans  median ${at(0.5).padStart(5)} ms  p95 ${at(0.95).padStart(5)} ms` +
      `  processor a page: emulators ${perPage(coreSeconds(/hidane|firebase/), emulatorBefore)} ms, functions ${perPage(coreSeconds(/functions/), functionsBefore)} ms\n`,
  );
}
await site.close();
