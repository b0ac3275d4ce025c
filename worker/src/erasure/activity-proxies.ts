/** Timeouts and retries of the activities that export and delete a user's data. */

import { proxyActivities } from '@temporalio/workflow';
import type { ErasureActivities } from './activities.ts';

/** Retries without end: a deletion that was promised must happen, however long a server is away. */
const OWED = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' } as const;

/** Activities that make one request or a few. */
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

/** Activities that take the longer, the more data a user has. They send heartbeats while they work. */
export const { stopScans, deleteUserFiles, forgetUser, deleteUserScans, deleteUserRecords, countLeft } =
  proxyActivities<ErasureActivities>({
    startToCloseTimeout: '30m',
    heartbeatTimeout: '20s',
    retry: OWED,
  });

/** The user waits for the export, so it fails after three attempts and the user is asked to come back. */
export const { exportUserData } = proxyActivities<ErasureActivities>({
  startToCloseTimeout: '10m',
  heartbeatTimeout: '20s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumAttempts: 3 },
});
