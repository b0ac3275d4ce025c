/** Sends scans to a stack as a client would, and watches each on a listener. */

import { randomUUID } from 'node:crypto';
import { Storage } from '@google-cloud/storage';
import { objects, paths } from '@reddyfit/shared/names/paths';
import { dailyScanWorkflowId } from '@reddyfit/shared/names/ids';
import { ANGLES, type Angle, photoUrlsOf } from '@reddyfit/shared/scan/photos';
import type { Scan } from '@reddyfit/shared/scan/document';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import { Connection, Client } from '@temporalio/client';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { FieldValue, getFirestore } from 'firebase-admin/firestore';
import { countHistory, type HistoryCount } from '../../ops/report/temporal-actions.ts';
import { settleUsers } from '../load/people.ts';
import { within } from './deadline.ts';
import type { BenchStack } from './stack.ts';

/** Times of one scan, counted from the write of its document (s). */
export interface Watched {
  readonly scanId: string;
  readonly verdict: number;
  readonly bodyFat: number;
  readonly completed: number;
}

export interface Sender {
  /** Creates a user with credits for many scans and this many earlier scans. Resolves with the uid. */
  settle(pastScans: number): Promise<string>;
  /** Uploads, writes the document and follows it to its end. Rejects when the scan does not complete. */
  scan(uid: string, photos: Record<Angle, Buffer>): Promise<Watched>;
  /** The number of Temporal's actions in the history of a scan, in all and by what they were for. */
  actions(scanId: string): Promise<Pick<HistoryCount, 'actions' | 'kinds'>>;
  /** The number of heartbeats that the worker has sent so far. */
  heartbeats(): Promise<number>;
  close(): Promise<void>;
}

const WEIGHT_LB = 183.2;
const CREDITS = 500;

/**
 * How long a scan may take on a stack whose model takes almost no time (ms), and how much longer with the steps' times at
 * pace 1 (ms).
 */
const SCAN_MS = 240_000;
const STEPS_MS = 600_000;

/**
 * How long a server may take to answer (ms): a long history has thousands of documents, and the machine may have other load.
 */
const ANSWER_MS = 120_000;

let opened = 0;

/** A client of this stack, whose model takes `pace` times the nominal time of a step. */
export async function openSender({ stack, name }: BenchStack, pace: number): Promise<Sender> {
  // The client itself reads these variables when it is created.
  Object.assign(process.env, { FIRESTORE_EMULATOR_HOST: stack.firestore, METADATA_SERVER_DETECTION: 'none' });
  opened += 1;
  const app = initializeApp({ projectId: stack.projectId }, `cost-${opened}`);
  const db = getFirestore(app);
  const bucket = new Storage({ apiEndpoint: stack.storage, projectId: stack.projectId }).bucket(stack.bucket);
  const connection = await Connection.connect({ address: stack.temporal });
  const temporal = new Client({ connection, namespace: stack.temporalNamespace });
  return {
    async settle(pastScans) {
      const settled = settleUsers(db, stack.bucket, { count: 1, credits: CREDITS, pastScans });
      const [uid] = await within(`a user of ${name} with ${pastScans} scans`, ANSWER_MS, settled);
      return uid!;
    },

    async scan(uid, photos) {
      const scanId = randomUUID();
      const uploads = ANGLES.map((angle) =>
        bucket
          .file(objects.photo(uid, scanId, angle))
          .save(photos[angle], { contentType: 'image/jpeg', resumable: false }),
      );
      await within(`the bucket of ${name} to take four photos`, ANSWER_MS, Promise.all(uploads));
      const document = db.doc(paths.scan(scanId));
      let [begun, verdict, bodyFat] = [Number.NaN, Number.NaN, Number.NaN];
      const seconds = () => (performance.now() - begun) / 1000;
      const end = Promise.withResolvers<Watched>();
      let last: Scan | undefined;
      const stop = document.onSnapshot((snapshot) => {
        const scan = snapshot.data() as Scan | undefined;
        if (!scan) return;
        last = scan;
        if (scan.steps?.qualityCheck.state === 'completed' && Number.isNaN(verdict)) verdict = seconds();
        if (scan.results?.estimation && Number.isNaN(bodyFat)) bodyFat = seconds();
        if (scan.status === 'completed') end.resolve({ scanId, verdict, bodyFat, completed: seconds() });
        else if (isTerminal(scan.status))
          end.reject(new Error(`scan ${scanId} of ${name} did not complete: ${stateOf(scan)}`));
      }, end.reject);
      try {
        begun = performance.now();
        await document.create({
          userId: uid,
          photoUrls: photoUrlsOf(stack.bucket, uid, scanId),
          weightLb: WEIGHT_LB,
          status: 'submitted',
          createdAt: FieldValue.serverTimestamp(),
        });
        const open = () => `scan ${scanId} of ${name} to end; its document says ${stateOf(last)}`;
        return await within(open, SCAN_MS + pace * STEPS_MS, end.promise);
      } finally {
        stop();
      }
    },

    async actions(scanId) {
      const handle = temporal.workflow.getHandle(dailyScanWorkflowId(scanId));
      const history = await within(`the history of a scan of ${name}`, ANSWER_MS, handle.fetchHistory());
      return countHistory(history.events ?? []);
    },

    async heartbeats() {
      // The server may close a kept connection just when it is used again.
      const headers = { connection: 'close' };
      const pages = await Promise.all(
        stack.metrics.map(async (url) =>
          (await fetch(url, { headers, signal: AbortSignal.timeout(ANSWER_MS) })).text(),
        ),
      );
      const beats = pages
        .flatMap((page) => page.split('\n'))
        .filter(
          (line) =>
            /^temporal_request(?:_total)?\{/.test(line) && line.includes('"RecordActivityTaskHeartbeat"'),
        );
      return beats.reduce((sum, line) => sum + Number(line.split(' ')[1]), 0);
    },

    async close() {
      await Promise.all([db.terminate(), connection.close()]);
      await deleteApp(app);
    },
  };
}

/** The state of a scan, for the error of a wait that takes too long. */
function stateOf(scan: Scan | undefined): string {
  if (!scan) return 'nothing';
  const steps = Object.entries(scan.steps ?? {}).map(([step, { state }]) => `${step} ${state}`);
  return [scan.status, ...(scan.error ? [scan.error.code] : []), ...steps].join(', ');
}
