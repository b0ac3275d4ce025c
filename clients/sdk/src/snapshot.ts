/** What a client shows of a scan at one moment. */

import type { Scan } from '@reddyfit/shared/scan/document';
import type { ScanStatus } from '@reddyfit/shared/scan/statuses';
import type { Angle } from '@reddyfit/shared/names/angles';
import type { ReddyFitError } from './client-error.ts';

/**
 * Where a scan is. Before its document: `loading` (nothing is known yet), `missing` (the server has no such scan, or none any more),
 * `preparing`, `uploading`, `submitting`, `refused` (it could not be started, see `error`). Then the document's status.
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
 * `live`: what is shown is what the server has. `stale`: the server has not been heard for a while, so it may be old. `offline`: the
 * device says that it has no network, or the server could not be reached when it was last tried.
 */
export type Connection = 'live' | 'stale' | 'offline';

/** How far the photos are. */
export interface UploadProgress {
  /** Bytes of all photos that have gone out, of photos that arrived all of them. */
  readonly sentBytes: number;
  readonly totalBytes: number;
  /** Photos that have arrived. */
  readonly arrived: readonly Angle[];
}

/** A new object at each change, the same one in between. */
export interface ScanSnapshot {
  /** Id of the scan; null until the server has given one. */
  readonly scanId: string | null;
  /** The document; null before the server has it. Its `rev` and so its status never go back. */
  readonly scan: Scan | null;
  readonly phase: ScanPhase;
  readonly connection: Connection;
  /** When the server was last heard, by the device's clock (ms since 1970); null before. */
  readonly lastServerAt: number | null;
  /** Whole seconds (s) until the scan completes; null while nobody can say, and once it has ended. */
  readonly etaSeconds: number | null;
  /** Attempt under way: of the upload while it uploads, else the highest of a running or retrying step; 0 when nothing runs. */
  readonly attempt: number;
  /** Null for a scan that this device did not start. */
  readonly upload: UploadProgress | null;
  /** Why it was refused, or why the scan cannot be read. A scan that failed says so in `scan.error`. */
  readonly error: ReddyFitError | null;
}

/** What a listener wants to know of before anything is. */
export const NOTHING_YET: ScanSnapshot = {
  scanId: null,
  scan: null,
  phase: 'loading',
  connection: 'stale',
  lastServerAt: null,
  etaSeconds: null,
  attempt: 0,
  upload: null,
  error: null,
};

/** The attempt that the document tells of. */
export function attemptOf({ steps }: Pick<Scan, 'steps'>): number {
  const under = Object.values(steps ?? {}).filter(({ state }) => state === 'running' || state === 'retrying');
  return Math.max(0, ...under.map(({ attempt }) => attempt));
}
