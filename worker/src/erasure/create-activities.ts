/** Makes the activities that export and delete a user's data from the ports that they need. */

import { createHash } from 'node:crypto';
import { accountChain } from '@reddyfit/shared/audit/chain';
import { Context } from '@temporalio/activity';
import type { AuditLog } from '../audit/ports.ts';
import type { MemoryKeeper, ScanRuns } from '../store/ports.ts';
import type { SignIns, UserFiles, UserRecords } from './ports.ts';
import type { ErasureActivities } from './activities.ts';
import { createExportUserData } from './export-user-data.ts';
import { createStopScans } from './stop-scans.ts';

export interface ErasureDependencies {
  audit: AuditLog;
  files: UserFiles;
  keeper: MemoryKeeper;
  records: UserRecords;
  runs: ScanRuns;
  signIns: SignIns;
}

const cancellation = () => Context.current().cancellationSignal;

/** The activities over these dependencies, one property per activity type. */
export function createErasureActivities(ports: ErasureDependencies): ErasureActivities {
  const { audit, files, keeper, records, runs, signIns } = ports;
  return {
    cancelScanWorkflows: ({ scanId }) => runs.cancel(scanId),
    scanWorkflowOpen: ({ scanId }) => runs.isOpen(scanId),
    forgetScan: ({ userId, scanId }) => keeper.forget(userId, scanId, cancellation()),
    deleteScanDocument: ({ userId, scanId }) => records.deleteScan(userId, scanId),

    exportUserData: createExportUserData(ports, cancellation),
    deleteExport: ({ userId }) => files.deleteExport(userId),

    reportDeletion: ({ userId, ...news }) => records.reportDeletion(userId, news),
    stopScans: createStopScans(records, runs),
    deleteUserFiles: ({ userId }) => files.deleteAll(userId),
    forgetUser: ({ userId }) => keeper.forgetAll(userId, cancellation()),
    deleteUserScans: ({ userId }) => records.deleteScans(userId),
    deleteUserRecords: ({ userId }) => records.deleteRecords(userId),
    deleteSignIn: ({ userId }) => signIns.remove(userId),
    signInExists: async ({ userId }) => (await signIns.find(userId)) !== null,

    async countLeft({ userId }) {
      const [inFirestore, stored, remembered, signIn] = await Promise.all([
        records.left(userId),
        files.list(userId),
        keeper.all(userId, cancellation()),
        signIns.find(userId),
      ]);
      return {
        ...inFirestore,
        files: stored.length,
        memories: remembered.length,
        signIn: signIn ? 1 : 0,
      };
    },

    async recordAccountDeleted({ userId, runId, scans, at }) {
      const digest = createHash('sha256').update(userId).digest('hex');
      await audit.append(accountChain(digest), {
        key: `account_deleted:${runId}`,
        at,
        actor: 'workflow:deleteAccountWorkflow',
        action: 'account_deleted',
        detail: { scans },
      });
    },
    deleteUserDocument: ({ userId }) => records.deleteProfile(userId),
  };
}
