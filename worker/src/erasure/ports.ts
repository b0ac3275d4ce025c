/** Ports: everything that is kept of a user, for export and erasure. The adapters are in this folder. */

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
  /** Deletes all objects of the user. A second call finds nothing left. */
  deleteAll(uid: string): Promise<void>;
  /** Writes the user's export and replaces an earlier one. */
  writeExport(uid: string, json: AsyncIterable<string>): Promise<{ object: string; bytes: number }>;
  /** Deletes the user's export. A second call finds nothing left. */
  deleteExport(uid: string): Promise<void>;
}

/** Everything Firestore holds of a user. */
export interface UserRecords {
  /** The parts of an export except memories and photos: names and values in order. A list comes as pieces. */
  everything(uid: string): AsyncIterable<[name: string, value: unknown]>;
  /** Scans about which a workflow may still run: not ended, changed at or after `since`, or with a step that may be retried. */
  liveScans(uid: string, since: Date): Promise<string[]>;
  /** Deletes a scan's document if the scan is this user's and has ended. A second call does nothing. */
  deleteScan(uid: string, scanId: string): Promise<void>;
  /**
   * Deletes scans with their audit chains, the chains of scans that were deleted before, and the user's own chain.
   * Records the deletion of the chains in the account's chain. A second call deletes what is left.
   */
  deleteScans(uid: string): Promise<{ scans: number }>;
  /**
   * Deletes everything below users/{uid} and accounts/{uid}, and accounts/{uid} itself, and replaces the user's id in
   * the records of webhook deliveries. A second call deletes what is left.
   */
  deleteRecords(uid: string): Promise<void>;
  /** Number of documents that are left, by kind; users/{uid} itself is not counted. */
  left(uid: string): Promise<Record<string, number>>;
  /** Deletes users/{uid}. A second call does nothing. */
  deleteProfile(uid: string): Promise<void>;
  /** Writes to users/{uid} how far the deletion is. Does nothing when the document is gone. */
  reportDeletion(uid: string, news: { state: 'running' | 'failed'; stage: DeletionStage }): Promise<void>;
}

/** Firebase Auth users. */
export interface SignIns {
  /** What Firebase Auth knows of the user, or null when the user does not exist. */
  find(uid: string): Promise<Record<string, unknown> | null>;
  /**
   * Deletes the user: nobody can sign in any more, but tokens that were issued before hold for up to an hour. A second
   * call does nothing.
   */
  remove(uid: string): Promise<void>;
}
