/** The activities by which a user's data is shown and deleted, as the workflows call them. */

import type { DeletionStage } from '@reddyfit/shared/account/users';
import type { ExportedData } from '@reddyfit/shared/temporal/workflows';
import type { ScanRef } from '@reddyfit/shared/temporal/workflows';

/** Whose data. */
export interface UserRef {
  userId: string;
}

export interface ErasureActivities {
  /** Asks every workflow about a scan to cancel. Key: scan id; again: the same. */
  cancelScanWorkflows(input: { scanId: string }): Promise<void>;
  /** Whether a workflow about the scan still runs: its own, the news of its end, or a step that runs again. */
  scanWorkflowOpen(input: { scanId: string }): Promise<boolean>;
  /** Forgets what was made from a scan. Key: scan id; again: nothing left. */
  forgetScan(input: ScanRef): Promise<void>;
  /** Deletes the document of a scan that has ended. Key: scan id; again: nothing left. */
  deleteScanDocument(input: ScanRef): Promise<void>;

  /** Writes all of a user's data as one JSON object into the bucket. Key: user id; again: overwrites it. */
  exportUserData(input: UserRef): Promise<ExportedData>;
  /** Deletes that object. Key: user id; again: nothing left. */
  deleteExport(input: UserRef): Promise<void>;

  /** States on users/{uid} how far the deletion is. Key: state and stage; again: states the same. */
  reportDeletion(input: UserRef & { state: 'running' | 'failed'; stage: DeletionStage }): Promise<void>;
  /** Cancels every workflow about the user's scans, or terminates them by `force`. Key: scan ids. Resolves with how many scans have one that runs. */
  stopScans(input: UserRef & { force: boolean }): Promise<number>;
  /** Deletes photos and exports. Key: the user's folders; again: nothing left. */
  deleteUserFiles(input: UserRef): Promise<void>;
  /** Forgets everything made from the user's scans. Key: user id; again: nothing left. */
  forgetUser(input: UserRef): Promise<void>;
  /** Deletes scans and their audit chains. Key: user id; again: what is left. Resolves with how many scans this attempt found. */
  deleteUserScans(input: UserRef): Promise<{ scans: number }>;
  /** Deletes consents, devices, memories, credits and ledger. Key: user id; again: what is left. */
  deleteUserRecords(input: UserRef): Promise<void>;
  /** Deletes the Firebase Auth user. Key: user id; again: nothing left. */
  deleteSignIn(input: UserRef): Promise<void>;
  /** Whether a Firebase Auth user of this id exists. */
  signInExists(input: UserRef): Promise<boolean>;
  /** Counts what is left of the user everywhere, users/{uid} itself not counted. */
  countLeft(input: UserRef): Promise<Record<string, number>>;
  /** Records that the account was deleted, under a digest of its id. Key: `runId`; again: nothing. */
  recordAccountDeleted(input: UserRef & { runId: string; scans: number; at: string }): Promise<void>;
  /** Deletes users/{uid}. Key: user id; again: nothing left. */
  deleteUserDocument(input: UserRef): Promise<void>;
}
