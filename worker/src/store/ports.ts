/**
 * Ports to what activities need and keep of a user: credits, memory, settings, workflow runs. The adapters are in this
 * folder.
 */

import type { Reader } from '@reddyfit/shared/words/reader';

/** Scan credits. */
export interface Credits {
  /**
   * Settles a scan's reserved credit once. Key: `<scanId>:commit` or `<scanId>:refund`; a second call, of either kind,
   * does nothing.
   */
  settle(uid: string, scanId: string, kind: 'commit' | 'refund'): Promise<void>;
  /** Whether a credit was reserved for the scan and given back. */
  wasReturned(uid: string, scanId: string): Promise<boolean>;
}

/** What the system remembers of a user between scans. */
export interface Memory {
  /** The `limit` texts nearest in meaning to `query`, nearest first. */
  recall(uid: string, query: string, limit: number, signal: AbortSignal): Promise<string[]>;
  /** Stores one text per scan; a second call overwrites it. */
  remember(uid: string, scanId: string, text: string, signal: AbortSignal): Promise<void>;
}

/** The same memory, for showing it to the user and for deleting it. */
export interface MemoryKeeper {
  /** Every text of a user, with the scan it was made from. */
  all(uid: string, signal: AbortSignal): Promise<{ scanId: string; text: string }[]>;
  /** Deletes the memory of one scan. A second call finds nothing left. */
  forget(uid: string, scanId: string, signal: AbortSignal): Promise<void>;
  /** Deletes all memories of a user. A second call finds nothing left. */
  forgetAll(uid: string, signal: AbortSignal): Promise<void>;
}

/** The workflows about a scan: its own, the announcement of its end, and retries of its steps. */
export interface ScanRuns {
  /** Whether any of the workflows runs. */
  isOpen(scanId: string): Promise<boolean>;
  /** Asks each running workflow to cancel. */
  cancel(scanId: string): Promise<void>;
  /** Terminates each running workflow. */
  terminate(scanId: string): Promise<void>;
}

/** The user's settings for pushes. */
export interface PushSettings {
  /** Whether a push may show numbers; `private` when the user is unknown. */
  preview: 'full' | 'private';
  /** The user's language and units. */
  reader: Reader;
  /** IANA name; undefined when the user has set none. */
  timeZone: string | undefined;
}

/** Users' own settings. */
export interface Users {
  pushSettings(uid: string): Promise<PushSettings>;
  /** Whether the user's consent to `scan_analysis` stands now. */
  consentsToAnalysis(uid: string): Promise<boolean>;
}
