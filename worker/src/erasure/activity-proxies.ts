/** How long the activities that show and delete a user's data may take, and how they are retried. */

import { proxyActivities } from '@temporalio/workflow';
import type { ErasureActivities } from './activities.ts';

/** Retried until it is done: a deletion that was promised is owed, however long a server is away. */
const OWED = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' } as const;

/** One request or a few. */
export const {
  scanWorkflowOpen,
  cancelScanWorkflows,
  forgetScan,
  deleteScanDocument,
  deleteExport,
  reportDeletion,
  deleteSignIn,
  signInExists,
  recordAccountDeleted,
  deleteUserDocument,
} = proxyActivities<ErasureActivities>({ startToCloseTimeout: '30s', retry: OWED });

/** As long as a user has data: these beat while they work. */
export const { stopScans, deleteUserFiles, forgetUser, deleteUserScans, deleteUserRecords, countLeft } =
  proxyActivities<ErasureActivities>({
    startToCloseTimeout: '30m',
    heartbeatTimeout: '20s',
    retry: OWED,
  });

/** Someone waits for it: three attempts, then they are asked to come back. */
export const { exportUserData } = proxyActivities<ErasureActivities>({
  startToCloseTimeout: '10m',
  heartbeatTimeout: '20s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumAttempts: 3 },
});
