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
import { countHistory } from '../../ops/report/temporal-actions.ts';
import { settleUsers } from '../load/people.ts';
import type { Stack } from './stack.ts';

/** Times of one scan since its document was written (s). */
export interface Watched {
  readonly scanId: string;
  readonly verdict: number;
  readonly bodyFat: number;
  readonly completed: number;
}

export interface Sender {
  /** A user with credits for many scans and this many behind them. */
  settle(pastScans: number): Promise<string>;
  /** Uploads, writes the document and follows it to its end. Rejects when the scan does not complete. */
  scan(uid: string, photos: Record<Angle, Buffer>): Promise<Watched>;
  /** Actions that a scan's history shows. */
  actions(scanId: string): Promise<number>;
  /** Beats that the worker has sent so far. */
  heartbeats(): Promise<number>;
  close(): Promise<void>;
}

const WEIGHT_LB = 183.2;
const CREDITS = 500;

/** Longest scan (ms) at pace 1. */
const SCAN_MS = 600_000;

let opened = 0;

export async function openSender(stack: Stack): Promise<Sender> {
  // Read by the client itself when it is made.
  Object.assign(process.env, { FIRESTORE_EMULATOR_HOST: stack.firestore, METADATA_SERVER_DETECTION: 'none' });
  opened += 1;
  const app = initializeApp({ projectId: stack.projectId }, `cost-${opened}`);
  const db = getFirestore(app);
  const bucket = new Storage({ apiEndpoint: stack.storage, projectId: stack.projectId }).bucket(stack.bucket);
  const connection = await Connection.connect({ address: stack.temporal });
  const temporal = new Client({ connection, namespace: stack.temporalNamespace });
  return {
    async settle(pastScans) {
      const [uid] = await settleUsers(db, stack.bucket, { count: 1, credits: CREDITS, pastScans });
      return uid!;
    },

    async scan(uid, photos) {
      const scanId = randomUUID();
      await Promise.all(
        ANGLES.map((angle) =>
          bucket
            .file(objects.photo(uid, scanId, angle))
            .save(photos[angle], { contentType: 'image/jpeg', resumable: false }),
        ),
      );
      const document = db.doc(paths.scan(scanId));
      let [begun, verdict, bodyFat] = [Number.NaN, Number.NaN, Number.NaN];
      const seconds = () => (performance.now() - begun) / 1000;
      const end = Promise.withResolvers<Watched>();
      const late = setTimeout(() => end.reject(new Error(`scan ${scanId} did not end`)), SCAN_MS);
      const stop = document.onSnapshot((snapshot) => {
        const scan = snapshot.data() as Scan | undefined;
        if (!scan) return;
        if (scan.steps?.qualityCheck.state === 'completed' && Number.isNaN(verdict)) verdict = seconds();
        if (scan.results?.estimation && Number.isNaN(bodyFat)) bodyFat = seconds();
        if (scan.status === 'completed') end.resolve({ scanId, verdict, bodyFat, completed: seconds() });
        else if (isTerminal(scan.status)) end.reject(new Error(`scan ${scanId} ended as ${scan.status}`));
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
        return await end.promise;
      } finally {
        clearTimeout(late);
        stop();
      }
    },

    async actions(scanId) {
      const handle = temporal.workflow.getHandle(dailyScanWorkflowId(scanId));
      return countHistory((await handle.fetchHistory()).events ?? []).actions;
    },

    async heartbeats() {
      // A connection that is kept may be closed by the other side just when it is used again.
      const headers = { connection: 'close' };
      const pages = await Promise.all(
        stack.metrics.map(async (url) => (await fetch(url, { headers })).text()),
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
