/**
 * `npm run load -- --scans N --rate R --workers W`: sends scans at a rate through a stack of its own, and reports how they
 * ended, how long they took and how busy the machine was. Exits with 1 when a scan was lost, doubled or did not complete.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Storage } from '@google-cloud/storage';
import { Command } from 'commander';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import { figuresOf } from './load/figures.ts';
import { settleUsers } from './load/people.ts';
import { prove } from './load/proof.ts';
import { sampleMachine } from './load/sampler.ts';
import { sweepOften } from './load/schedule.ts';
import { send, uploadAll } from './load/send.ts';
import { tableOf } from './load/table.ts';
import { takePhotos } from '../local/demo/photos.ts';
import { interruption } from '../local/stack/interruption.ts';
import { instanceDir } from '../local/stack/stack-file.ts';
import { numberAbove0, wholeNumber } from '../ops/numbers.ts';
import { type RunningStack, startStack } from '../local/stack/start-stack.ts';

interface LoadOptions {
  scans: number;
  rate: number;
  workers: number;
  pace: number;
  users?: number;
  past: number;
  instance: string;
  out?: string;
}

const options = new Command('npm run load --')
  .description('Sends scans at a rate through a stack of its own.')
  .option('--scans <count>', 'how many', wholeNumber(1, 999_999), 100)
  .option('--rate <number>', 'a second', numberAbove0, 5)
  .option('--workers <count>', 'how many workers', wholeNumber(1, 99), 2)
  .option('--pace <factor>', "scales the model stand-in's step times; 1 = 330 s in sum", numberAbove0, 0.02)
  .option('--users <count>', 'whose scans they are, in turn (default: at most 100)', wholeNumber(1, 999_999))
  .option('--past <count>', 'completed scans that each user has already', wholeNumber(0, 999_999), 0)
  .option('--instance <name>', 'name of the stack', 'load')
  .option('--out <folder>', "where run.html and run.json go (default: the instance's folder)")
  .parse()
  .opts<LoadOptions>();

const say = (line: string) => void process.stdout.write(`${line}\n`);
const note = (line: string) => void process.stderr.write(`${line}\n`);

const { instance, pace, workers } = options;
const interrupted = interruption(instanceDir(instance), () => note('\nStopping; Ctrl-C again to force'));
try {
  note(`Starting a stack with ${workers} worker(s), pace ${pace}`);
  const stack = await startStack({ instance, pace, workers, signal: interrupted.signal });
  try {
    const ending = new AbortController();
    void stack.died.then((reason) => ending.abort(reason));
    const signal = AbortSignal.any([interrupted.signal, ending.signal]);
    process.exitCode = (await runLoad(stack, options, signal)) ? 0 : 1;
  } finally {
    await stack.stop();
  }
} catch (error) {
  note(`\n${(error as Error).message}`);
  process.exitCode = interrupted.signal.aborted ? interrupted.exitCode() : 1;
} finally {
  interrupted.dispose();
}

/** Resolves with whether every scan completed exactly once. */
async function runLoad(
  { addresses }: RunningStack,
  { scans, rate, users = Math.min(scans, 100), past, out }: LoadOptions,
  signal: AbortSignal,
): Promise<boolean> {
  // The Google clients themselves read these variables.
  Object.assign(process.env, {
    FIRESTORE_EMULATOR_HOST: addresses.firestore,
    METADATA_SERVER_DETECTION: 'none',
  });
  const { projectId, storage: apiEndpoint, bucket: bucketName, workerPids } = addresses;
  const app = initializeApp({ projectId });
  const db = getFirestore(app);
  try {
    const bucket = new Storage({ apiEndpoint, projectId }).bucket(bucketName);
    note(`Settling ${users} user(s) with ${past} scans behind them, and uploading ${scans} × 4 photos`);
    const credits = Math.ceil(scans / users);
    const uids = await settleUsers(db, bucketName, { count: users, credits, pastScans: past });
    const planned = await uploadAll(bucket, uids, scans, await takePhotos(undefined));

    note(`Sending ${scans} scans, ${rate} a second`);
    const sweeper = sweepOften(addresses);
    const sending = send(db, bucketName, planned, rate, signal);
    const sampler = sampleMachine(workerPids, sending.open, sending.startAt);
    const progress = setInterval(() => note(`  ${sending.ended()} of ${scans} ended`), 5000);
    const courses = await sending.courses.finally(() => clearInterval(progress));
    const [samples] = await Promise.all([sampler.stop(), sweeper.stop()]);

    const figures = figuresOf(courses, samples);
    const proof = await prove(addresses, db, planned);
    say('');
    const table = tableOf(figures, proof);
    for (const line of table) say(line);

    const folder = out ?? instanceDir(instance);
    mkdirSync(folder, { recursive: true });
    const [data, page] = [join(folder, 'run.json'), join(folder, 'run.html')];
    writeFileSync(data, `${JSON.stringify({ options, figures, proof, samples, courses })}\n`);
    const { loadPage } = await import('./load/page.ts');
    const title = `${scans} scans, ${rate} a second, ${workers} worker(s), pace ${pace}`;
    writeFileSync(page, loadPage({ title, table, courses, samples }));
    say(`\n  ${page}\n  ${data}`);
    return figures.outcomes['completed'] === scans && proof.workflows === scans && proof.settled === scans;
  } finally {
    await db.terminate();
    await deleteApp(app);
  }
}
