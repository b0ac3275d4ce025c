/** What activities need to know and keep of a user: credits, memory, settings, runs. The adapters are beside this. */

import type { Reader } from '@reddyfit/shared/words/reader';

/** Scan credits. */
export interface Credits {
  /** Settles a scan's reservation once, by `<scanId>:commit` or `<scanId>:refund`; the other kind is then a no-op. */
  settle(uid: string, scanId: string, kind: 'commit' | 'refund'): Promise<void>;
}

/** What the system remembers of a user between scans. */
export interface Memory {
  /** The `limit` texts nearest in meaning to `query`, nearest first. */
  recall(uid: string, query: string, limit: number, signal: AbortSignal): Promise<string[]>;
  /** Stores one text per scan; again: overwrites it. */
  remember(uid: string, scanId: string, text: string, signal: AbortSignal): Promise<void>;
}

/** The same memory, for the user who wants to see it or have it forgotten. */
export interface MemoryKeeper {
  /** Every text of a user, with the scan it was made from. */
  all(uid: string, signal: AbortSignal): Promise<{ scanId: string; text: string }[]>;
  /** Forgets what was made from one scan. Again: nothing left to forget. */
  forget(uid: string, scanId: string, signal: AbortSignal): Promise<void>;
  /** Forgets all of a user. Again: nothing left to forget. */
  forgetAll(uid: string, signal: AbortSignal): Promise<void>;
}

/** The workflows of scans. */
export interface ScanRuns {
  /** Whether any of them runs. */
  isOpen(scanId: string): Promise<boolean>;
  /** Asks each that runs to cancel. */
  cancel(scanId: string): Promise<void>;
  /** Ends each that runs where it stands. */
  terminate(scanId: string): Promise<void>;
}

/** What a user wants of pushes, as far as it was said. */
export interface PushSettings {
  /** Whether a push may show numbers; `private` when the user is unknown. */
  preview: 'full' | 'private';
  /** In whose words, numbers and units. */
  reader: Reader;
  /** IANA name. */
  timeZone: string | undefined;
}

/** Users' own settings. */
export interface Users {
  pushSettings(uid: string): Promise<PushSettings>;
  /** Whether the user's consent to `scan_analysis` stands now. */
  consentsToAnalysis(uid: string): Promise<boolean>;
}
