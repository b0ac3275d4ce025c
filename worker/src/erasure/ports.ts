/** Everything that is kept of a user, as export and erasure need it. The adapters are beside this. */

import type { DeletionStage } from '@reddyfit/shared/account/users';

/** An object in the bucket. */
export interface StoredFile {
  object: string;
  bytes: number;
  contentType: string;
}

/** All objects of a user in the bucket: photos and exports. */
export interface UserFiles {
  list(uid: string): Promise<StoredFile[]>;
  /** Deletes all. Again: nothing left to delete. */
  deleteAll(uid: string): Promise<void>;
  /** Writes the user's export, in place of an earlier one. */
  writeExport(uid: string, json: AsyncIterable<string>): Promise<{ object: string; bytes: number }>;
  /** Deletes the user's export. Again: nothing left to delete. */
  deleteExport(uid: string): Promise<void>;
}

/** Everything Firestore holds of a user. */
export interface UserRecords {
  /** What belongs into an export, but for memories and photos: names and values, in order, lists piece by piece. */
  everything(uid: string): AsyncIterable<[name: string, value: unknown]>;
  /** Scans that a workflow may still work on: not ended, changed at or after `since`, or with a step that may run again. */
  liveScans(uid: string, since: Date): Promise<string[]>;
  /** Deletes a scan's document if it is this user's and has ended. Again: nothing. */
  deleteScan(uid: string, scanId: string): Promise<void>;
  /**
   * Deletes scans with their audit chains, the chains of scans that were deleted before, and the user's own chain; that they
   * went is recorded in the account's chain. Again: what is left.
   */
  deleteScans(uid: string): Promise<{ scans: number }>;
  /** Deletes what lies beneath users/{uid} and accounts/{uid}, and the account itself. Again: what is left. */
  deleteRecords(uid: string): Promise<void>;
  /** Documents that are left, by kind, users/{uid} itself not counted. */
  left(uid: string): Promise<Record<string, number>>;
  /** Deletes users/{uid}. Again: nothing. */
  deleteProfile(uid: string): Promise<void>;
  /** States on users/{uid} how far the deletion is; nothing when the document is gone. */
  reportDeletion(uid: string, news: { state: 'running' | 'failed'; stage: DeletionStage }): Promise<void>;
}

/** Firebase Auth users. */
export interface SignIns {
  /** What is known of the user there, or null when there is none. */
  find(uid: string): Promise<Record<string, unknown> | null>;
  /** Deletes the user: no new sign-in; tokens handed out hold for up to an hour. Again: nothing. */
  remove(uid: string): Promise<void>;
}
