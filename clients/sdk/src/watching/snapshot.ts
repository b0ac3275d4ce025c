/** The state of a scan that a client shows at one moment. */

import type { Scan } from '@reddyfit/shared/scan/document';
import type { ScanStatus } from '@reddyfit/shared/scan/statuses';
import type { Angle } from '@reddyfit/shared/names/angles';
import type { ReddyFitError } from '../client-error.ts';

/**
 * The phase of a scan. Before its document: `loading` (nothing is known yet), `missing` (the server has no such scan,
 * or no longer has it), `preparing`, `uploading`, `submitting`, `refused` (it could not be started, see `error`). Then
 * the document's status.
 */
export type ScanPhase =
  | 'loading'
  | 'missing'
  | 'preparing'
  | 'uploading'
  | 'submitting'
  | 'refused'
  | ScanStatus;

/**
 * `live`: the snapshot is what the server has, or the watch began a moment ago (`lastServerAt` is then null). `stale`: the
 * server has not been heard for 30 s, so the snapshot may be old; while photos are sent: nothing has got on for as long.
 * `offline`: the device says that it has no network, or the server could not be reached at the last try.
 */
export type Connection = 'live' | 'stale' | 'offline';

/** Progress of the upload of the photos. */
export interface UploadProgress {
  /** Bytes of all photos that have been sent. A photo that has arrived counts in full. */
  readonly sentBytes: number;
  readonly totalBytes: number;
  /** Photos that have arrived. */
  readonly arrived: readonly Angle[];
}

/** Immutable: each change makes a new object. */
export interface ScanSnapshot {
  /** Id of the scan; null until the server has given one. */
  readonly scanId: string | null;
  /** The document; null before the server has it. Its `rev`, and therefore its status, never goes back. */
  readonly scan: Scan | null;
  readonly phase: ScanPhase;
  readonly connection: Connection;
  /** When the server was last heard, by the device's clock (ms since 1970); null before. */
  readonly lastServerAt: number | null;
  /**
   * How far the server's clock is ahead of the device's (ms), below 0 when it is behind, as far as documents have told: 0 before.
   * Added to `Date.now()` it tells whether a time that the server wrote has come.
   */
  readonly serverLeadMs: number;
  /** Whole seconds (s) until the scan completes; null while there is no estimate, and once the scan has ended. */
  readonly etaSeconds: number | null;
  /**
   * Whole minutes until a scan that waits for others is expected to begin, at least 1; null for a scan that does not wait: it has
   * begun, or ended, or nobody is in its way.
   */
  readonly busyMinutes: number | null;
  /**
   * The present attempt: of the upload while it uploads, else the highest of the running and retrying steps; 0 when
   * nothing runs.
   */
  readonly attempt: number;
  /** Null for a scan that this device did not start. */
  readonly upload: UploadProgress | null;
  /** Why the scan was refused, or why it cannot be read. The error of a failed scan is in `scan.error`. */
  readonly error: ReddyFitError | null;
}

/** The snapshot before anything is known. */
export const NOTHING_YET: ScanSnapshot = {
  scanId: null,
  scan: null,
  phase: 'loading',
  connection: 'live',
  lastServerAt: null,
  serverLeadMs: 0,
  etaSeconds: null,
  busyMinutes: null,
  attempt: 0,
  upload: null,
  error: null,
};

/** The highest attempt of the document's running and retrying steps; 0 when there are none. */
export function attemptOf({ steps }: Pick<Scan, 'steps'>): number {
  const under = Object.values(steps ?? {}).filter(({ state }) => state === 'running' || state === 'retrying');
  return Math.max(0, ...under.map(({ attempt }) => attempt));
}
