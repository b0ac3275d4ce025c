/** The activities that export and delete a user's data, as the workflows call them. */

import type { DeletionStage } from '@reddyfit/shared/account/users';
import type { ExportedData } from '@reddyfit/shared/temporal/workflows';
import type { ScanRef } from '@reddyfit/shared/temporal/workflows';

/** The user whose data is meant. */
export interface UserRef {
  userId: string;
}

export interface ErasureActivities {
  /** Asks every workflow about a scan to cancel. Key: scan id; a second call asks again. */
  cancelScanWorkflows(input: { scanId: string }): Promise<void>;
  /** Whether a workflow about the scan still runs: the scan's own, the announcement of its end, or a retry of a step. */
  scanWorkflowOpen(input: { scanId: string }): Promise<boolean>;
  /** Deletes the memories made from a scan. Key: scan id; a second call finds nothing left. */
  forgetScan(input: ScanRef): Promise<void>;
  /** Deletes the document of a scan that has ended. Key: scan id; a second call finds nothing left. */
  deleteScanDocument(input: ScanRef): Promise<void>;

  /** Writes all of a user's data into the bucket as one JSON object. Key: user id; a second call overwrites the object. */
  exportUserData(input: UserRef): Promise<ExportedData>;
  /** Deletes the object that `exportUserData` wrote. Key: user id; a second call finds nothing left. */
  deleteExport(input: UserRef): Promise<void>;

  /** Writes to users/{uid} how far the deletion is. Key: state and stage; a second call writes the same. */
  reportDeletion(input: UserRef & { state: 'running' | 'failed'; stage: DeletionStage }): Promise<void>;
  /**
   * Cancels every workflow about the user's scans, or terminates them with `force`. Key: scan ids. Resolves with the
   * number of scans that were asked to cancel and may still run: 0 with `force`.
   */
  stopScans(input: UserRef & { force: boolean }): Promise<number>;
  /** Deletes the user's photos and exports. Key: the user's folders; a second call finds nothing left. */
  deleteUserFiles(input: UserRef): Promise<void>;
  /** Deletes all memories made from the user's scans. Key: user id; a second call finds nothing left. */
  forgetUser(input: UserRef): Promise<void>;
  /**
   * Deletes the user's scans and their audit chains. Key: user id; a second call deletes what is left. Resolves with
   * how many scans this attempt found.
   */
  deleteUserScans(input: UserRef): Promise<{ scans: number }>;
  /**
   * Deletes what lies below users/{uid} and accounts/{uid} (consents, devices, memories, ledger and more) and the
   * credits, and removes the user's id from the records of webhook deliveries. Key: user id; a second call deletes what
   * is left.
   */
  deleteUserRecords(input: UserRef): Promise<void>;
  /** Deletes the Firebase Auth user. Key: user id; a second call finds nothing left. */
  deleteSignIn(input: UserRef): Promise<void>;
  /** Whether a Firebase Auth user of this id exists. */
  signInExists(input: UserRef): Promise<boolean>;
  /** Counts everything that is left of the user except users/{uid} itself. */
  countLeft(input: UserRef): Promise<Record<string, number>>;
  /** Records under a digest of the user id that the account was deleted. Key: `runId`; a second call records nothing. */
  recordAccountDeleted(input: UserRef & { runId: string; scans: number; at: string }): Promise<void>;
  /** Deletes users/{uid}. Key: user id; a second call finds nothing left. */
  deleteUserDocument(input: UserRef): Promise<void>;
}
