/** Today's product as a whole: its own stack, four photos that its worker measures, and its own workflow. */

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { Storage } from '@google-cloud/storage';
import { objects, paths } from '@reddyfit/shared/names/paths';
import type { ScanStep } from '@reddyfit/shared/scan/document';
import { ANGLES, photoUrlsOf } from '@reddyfit/shared/scan/photos';
import type { StepName } from '@reddyfit/shared/scan/steps';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { FieldValue, getFirestore } from 'firebase-admin/firestore';
import { takePhotos } from '../../local/demo/photos.ts';
import { markedProcesses } from '../../local/processes/marked.ts';
import { instanceDir } from '../../local/stack/stack-file.ts';
import { startStack } from '../../local/stack/start-stack.ts';
import { coreSeconds, memoryMiB } from '../cost/usage.ts';
import { settleUsers } from '../load/people.ts';
import type { Alone, Moment, Recovered, Together } from './measure.ts';
import { stepMs } from './model.ts';
import { wentBack } from './shown.ts';
import { type Document, isCompleted, watch } from './watch.ts';

const INSTANCE = 'engines-ours';
const WEIGHT_LB = 183.2;
const CREDITS = 1000;

export interface Product {
  /** One scan, from the document to `completed` on the listener. */
  alone(): Promise<Alone>;
  together(count: number): Promise<Together>;
  /** A scan whose worker is killed in a step, or as soon as its result shows. */
  recover(step: StepName, moment: Moment): Promise<Recovered>;
  /** Processor time of worker and Temporal server so far (s). */
  used(): number;
  stop(): Promise<void>;
}

interface Scan extends Document {
  readonly steps?: Readonly<Record<StepName, ScanStep>>;
}

/** Starts the stack, whose model takes `pace` times the nominal time of a step, with one worker. */
export async function startProduct(pace: number): Promise<Product> {
  const stack = await startStack({
    instance: INSTANCE,
    pace,
    workers: 0,
    scheduled: false,
    visualEstimate: 'model',
  });
  try {
    return await openProduct(stack, pace);
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

async function openProduct(stack: Awaited<ReturnType<typeof startStack>>, pace: number): Promise<Product> {
  const { projectId, bucket: bucketName, firestore, storage } = stack.addresses;
  let worker = await stack.addWorker();
  const app = initializeApp({ projectId }, INSTANCE);
  const db = getFirestore(app);
  db.settings({ host: firestore, ssl: false });
  const bucket = new Storage({ apiEndpoint: storage, projectId }).bucket(bucketName);
  const photos = await takePhotos(undefined);
  const [uid] = await settleUsers(db, bucketName, { count: 1, credits: CREDITS, pastScans: 0 });
  const server = temporalOf(INSTANCE);
  const used = () => coreSeconds(server) + coreSeconds(worker.pid);

  const begin = async () => {
    const scanId = randomUUID();
    const save = (angle: (typeof ANGLES)[number]) =>
      bucket
        .file(objects.photo(uid!, scanId, angle))
        .save(photos[angle], { contentType: 'image/jpeg', resumable: false });
    await Promise.all(ANGLES.map(save));
    const document = db.doc(paths.scan(scanId));
    const watched = await watch(document);
    const completed = watched.until(isCompleted);
    completed.catch(() => undefined);
    const begun = performance.now();
    await document.create({
      userId: uid,
      photoUrls: photoUrlsOf(bucketName, uid!, scanId),
      weightLb: WEIGHT_LB,
      status: 'submitted',
      createdAt: FieldValue.serverTimestamp(),
    });
    return { watched, completed, begun };
  };

  return {
    used,

    async alone() {
      const before = used();
      const { watched, completed, begun } = await begin();
      try {
        const seconds = ((await completed) - begun) / 1000;
        return { seconds, coreSeconds: used() - before };
      } finally {
        watched.stop();
      }
    },

    async together(count) {
      const before = used();
      const scans = await Promise.all(Array.from({ length: count }, begin));
      try {
        const first = Math.min(...scans.map(({ begun }) => begun));
        const ends = await Promise.all(scans.map(({ completed }) => completed));
        return {
          perSecond: (count * 1000) / (Math.max(...ends) - first),
          coreSeconds: (used() - before) / count,
          workerMiB: memoryMiB(worker.pid),
          serverMiB: memoryMiB(server),
        };
      } finally {
        for (const { watched } of scans) watched.stop();
      }
    },

    async recover(step, moment) {
      const { watched, completed, begun } = await begin();
      try {
        if (moment === 'middle') {
          await watched.until((scan: Scan) => scan.steps?.[step].state === 'running');
          await wait(stepMs(step, pace) / 2);
        } else await watched.until(({ results }) => results?.[step] !== undefined);
        process.kill(worker.pid, 'SIGKILL');
        await worker.ended;
        worker = await stack.addWorker();
        const seconds = ((await completed) - begun) / 1000;
        const { steps } = watched.states.at(-1) as Scan;
        return {
          seconds,
          twice: Object.values(steps!).filter(({ attempt }) => attempt > 1).length,
          wentBack: wentBack(watched.states),
        };
      } finally {
        watched.stop();
      }
    },

    async stop() {
      await db.terminate();
      await deleteApp(app);
      await stack.stop();
    },
  };
}

/** The process of a stack's Temporal server. */
function temporalOf(instance: string): number {
  const isTemporal = ({ pid }: { pid: number }) =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('start-dev');
  const server = markedProcesses(instanceDir(instance)).find(isTemporal);
  if (!server) throw new Error(`the stack ${instance} has no Temporal server`);
  return server.pid;
}
