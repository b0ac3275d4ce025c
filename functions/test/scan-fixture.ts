/** Sets up tests of the created trigger: a user who may scan, a scan document, and reads of what the trigger left. */

import { randomUUID } from 'node:crypto';
import type { AuditEntry } from '@reddyfit/shared/audit/chain';
import { Storage } from '@google-cloud/storage';
import { dailyScanWorkflowId } from '@reddyfit/shared/names/ids';
import { objects, paths } from '@reddyfit/shared/names/paths';
import { type Angle, ANGLES, photoUrlsOf } from '@reddyfit/shared/scan/photos';
import type { Scan } from '@reddyfit/shared/scan/document';
import { SCAN_CONSENT } from '@reddyfit/shared/account/users';
import type { DailyScanInput } from '@reddyfit/shared/temporal/workflows';
import { Client, Connection, type WorkflowExecutionInfo } from '@temporalio/client';
import { type DocumentData, type Firestore, Timestamp } from 'firebase-admin/firestore';
import { inject, vi } from 'vitest';

/** A user's profile, consent and credits; a part that is `null` is missing. */
export interface Person {
  profile: DocumentData | null;
  consent: DocumentData | null;
  scanCredits: number | null;
}

const aPerson: Person = {
  profile: { sex: 'female', birthDate: '1990-05-17', heightCm: 168, timeZone: 'Pacific/Auckland' },
  consent: { granted: true, policyVersion: '2026-01', at: Timestamp.now() },
  scanCredits: 3,
};

/** Ids that no other test uses. */
export const newIds = () => ({ uid: `user-${randomUUID()}`, scanId: randomUUID() });

/** What the client writes to start a scan with a weight of 181.4 lb. */
function submission(bucket: string, uid: string, scanId: string): DocumentData {
  return {
    userId: uid,
    photoUrls: photoUrlsOf(bucket, uid, scanId),
    weightLb: 181.4,
    status: 'submitted',
    createdAt: Timestamp.now(),
  };
}

export function scanStage(db: Firestore, bucket: string) {
  const read = async <T>(path: string) => (await db.doc(path).get()).data() as T | undefined;
  return {
    /** Writes a user, and resolves with the user's id and a fresh scan id. */
    async person(changes: Partial<Person> = {}) {
      const ids = newIds();
      const { profile, consent, scanCredits } = { ...aPerson, ...changes };
      const batch = db.batch();
      if (profile) batch.set(db.doc(paths.user(ids.uid)), profile);
      if (consent) batch.set(db.doc(paths.consent(ids.uid, SCAN_CONSENT)), consent);
      if (scanCredits !== null) batch.set(db.doc(paths.account(ids.uid)), { scanCredits });
      await batch.commit();
      return ids;
    },
    /** Writes the scan document as a client would, with changes. */
    async submit({ uid, scanId }: { uid: string; scanId: string }, changes: DocumentData = {}) {
      await db.doc(paths.scan(scanId)).set({ ...submission(bucket, uid, scanId), ...changes });
    },
    scan: (scanId: string) => read<Scan & DocumentData>(paths.scan(scanId)),
    async credits(uid: string) {
      const account = await read<{ scanCredits: number }>(paths.account(uid));
      const ledger = await db.collection(paths.ledger(uid)).get();
      return { balance: account?.scanCredits, ledger: ledger.docs.map((entry) => entry.id).sort() };
    },
    async audit(scanId: string) {
      const entries = await db.collection(paths.auditEntries(scanId)).orderBy('seq').get();
      return entries.docs.map((entry) => entry.data() as AuditEntry);
    },
  };
}

export type ScanStage = ReturnType<typeof scanStage>;

/** The photos of scans in the suite's bucket. Each one is the five bytes of "photo". */
export function photosIn(bucket: string) {
  const storage = new Storage({ apiEndpoint: `http://${inject('storage')}`, projectId: 'demo' }).bucket(
    bucket,
  );
  return {
    async upload({ uid, scanId }: { uid: string; scanId: string }, angles: readonly Angle[] = ANGLES) {
      await Promise.all(angles.map((angle) => storage.file(objects.photo(uid, scanId, angle)).save('photo')));
    },
    async count({ uid, scanId }: { uid: string; scanId: string }) {
      return (await storage.getFiles({ prefix: objects.scanFolder(uid, scanId) }))[0].length;
    },
  };
}

/** Reads what Temporal knows of scans' workflows. */
export async function workflowsAt(address: string) {
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  const handle = (scanId: string) => client.workflow.getHandle(dailyScanWorkflowId(scanId));
  return {
    client,
    handle,
    /** Starts a workflow that no worker takes. */
    start: (type: string, workflowId: string) =>
      client.workflow.start(type, { workflowId, taskQueue: 'nobody', args: [] }),
    /** The statuses of all runs under the scan's workflow id. */
    async runs(scanId: string): Promise<string[]> {
      const newest = await handle(scanId)
        .describe()
        .catch(() => null);
      if (!newest) return [];
      // Temporal's index lags behind; it is complete once it lists the newest run.
      return vi.waitFor(async () => {
        const listed: WorkflowExecutionInfo[] = [];
        const query = `WorkflowId = "${dailyScanWorkflowId(scanId)}"`;
        for await (const run of client.workflow.list({ query })) listed.push(run);
        if (!listed.some((run) => run.runId === newest.runId)) throw new Error('not listed yet');
        return listed.map((run) => run.status.name);
      }, 20_000);
    },
    /** The input with which the workflow was started. */
    async input(scanId: string): Promise<DailyScanInput> {
      const { events } = await handle(scanId).fetchHistory();
      const started = events?.[0]?.workflowExecutionStartedEventAttributes;
      return JSON.parse(Buffer.from(started!.input!.payloads![0]!.data!).toString()) as DailyScanInput;
    },
    close: () => connection.close(),
  };
}
