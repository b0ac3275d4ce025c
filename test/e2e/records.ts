/** Reads, with admin rights, what a scan leaves in the stack's servers. */

import type { LedgerEntry } from '@reddyfit/shared/account/credits';
import type { AuditEntry, AuditHead } from '@reddyfit/shared/audit/chain';
import { dailyScanWorkflowId, deleteScanWorkflowId, scanWorkflowIds } from '@reddyfit/shared/names/ids';
import { objects, paths } from '@reddyfit/shared/names/paths';
import type { Scan } from '@reddyfit/shared/scan/document';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import type { DailyScanResult } from '@reddyfit/shared/temporal/workflows';
import { type WorkflowExecutionDescription, WorkflowNotFoundError } from '@temporalio/client';
import type { pushesAt, ReceivedPush, VisiblePush } from './pushes.ts';
import type { Servers } from './servers.ts';

/** One run of a workflow that is about a scan. */
export interface ScanRun {
  readonly workflowId: string;
  /** Temporal's name: RUNNING, COMPLETED, … */
  readonly status: string;
}

export interface Records {
  /** The scan's document as it is now. */
  document(scanId: string): Promise<Scan>;
  /** Resolves with the scan's document once the scan has ended. */
  untilTerminal(scanId: string): Promise<Scan>;
  /** Balance of an account, and its ledger, oldest first. */
  ledger(uid: string): Promise<{ balance: number | undefined; entries: LedgerEntry[] }>;
  /** A scan's audit entries by seq, and the head of their chain. */
  auditChain(scanId: string): Promise<{ entries: AuditEntry[]; head: AuditHead | undefined }>;
  /** Pushes that devices received about a scan. */
  pushes(scanId: string): Promise<ReceivedPush[]>;
  /** What devices show of these pushes. */
  visiblePushes(scanId: string): Promise<VisiblePush[]>;
  /** The statuses of a scan's end for which a push to the user's devices is recorded. */
  pushRecords(uid: string, scanId: string): Promise<string[]>;
  /** Names of a scan's photos in the bucket. */
  photosLeft(uid: string, scanId: string): Promise<string[]>;
  /** The newest run of a scan's workflow, or null when there never was one. */
  workflow(scanId: string): Promise<WorkflowExecutionDescription | null>;
  /** Every run of every workflow about a scan, as Temporal lists them, which is a moment late. */
  runs(scanId: string): Promise<ScanRun[]>;
  /** Resolves with the return value of a scan's workflow, once everything that follows the result is done, too. */
  workflowResult(scanId: string): Promise<DailyScanResult>;
  /** Asks for a scan's cancellation, as an operator does. */
  cancel(scanId: string): Promise<void>;
  /** Terminates a scan's workflow if it runs. */
  endWorkflow(scanId: string): Promise<void>;
}

/** Reads from these servers. */
export function lookInto({ db, bucket, temporal }: Servers, fcm: ReturnType<typeof pushesAt>): Records {
  const handle = (scanId: string) => temporal.workflow.getHandle(dailyScanWorkflowId(scanId));
  const workflow: Records['workflow'] = async (scanId) => {
    try {
      return await handle(scanId).describe();
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    }
  };
  return {
    workflow,
    document: async (scanId) => (await db.doc(paths.scan(scanId)).get()).data() as Scan,
    untilTerminal: (scanId) =>
      new Promise((resolve, reject) => {
        const stop = db.doc(paths.scan(scanId)).onSnapshot((snapshot) => {
          const scan = snapshot.data() as Scan | undefined;
          if (!scan || !isTerminal(scan.status)) return;
          stop();
          resolve(scan);
        }, reject);
      }),
    async ledger(uid) {
      const [account, entries] = await Promise.all([
        db.doc(paths.account(uid)).get(),
        db.collection(paths.ledger(uid)).orderBy('at').get(),
      ]);
      return {
        balance: account.get('scanCredits') as number | undefined,
        entries: entries.docs.map((entry) => entry.data() as LedgerEntry),
      };
    },
    async auditChain(scanId) {
      const [entries, head] = await Promise.all([
        db.collection(paths.auditEntries(scanId)).orderBy('seq').get(),
        db.doc(paths.auditLog(scanId)).get(),
      ]);
      return {
        entries: entries.docs.map((entry) => entry.data() as AuditEntry),
        head: head.data() as AuditHead | undefined,
      };
    },
    async runs(scanId) {
      const ids = [...scanWorkflowIds(scanId), deleteScanWorkflowId(scanId)];
      const query = `WorkflowId IN (${ids.map((id) => `'${id}'`).join(', ')})`;
      const runs: ScanRun[] = [];
      for await (const { workflowId, status } of temporal.workflow.list({ query })) {
        runs.push({ workflowId, status: status.name });
      }
      return runs;
    },
    pushes: (scanId) => fcm.about(scanId),
    visiblePushes: (scanId) => fcm.visible(scanId),
    async pushRecords(uid, scanId) {
      const records = await db.collection(paths.pushes(uid)).select().get();
      return records.docs.flatMap(({ id }) =>
        id.startsWith(`${scanId}:`) ? [id.slice(scanId.length + 1)] : [],
      );
    },
    async photosLeft(uid, scanId) {
      const [files] = await bucket.getFiles({ prefix: objects.scanFolder(uid, scanId) });
      return files.map((file) => file.name);
    },
    workflowResult: (scanId) => handle(scanId).result() as Promise<DailyScanResult>,
    async cancel(scanId) {
      await handle(scanId).cancel();
    },
    async endWorkflow(scanId) {
      const run = await workflow(scanId);
      if (run?.status.name !== 'RUNNING') return;
      try {
        await handle(scanId).terminate('the test is over');
      } catch (error) {
        // The workflow ended by itself in between.
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    },
  };
}
