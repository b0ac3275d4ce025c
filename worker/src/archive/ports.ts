/** Ports: the archive bucket, and the closed workflow runs that are archived in it. The adapters are in this folder. */

import type { temporal } from '@temporalio/proto';

/** An object of the archive. */
export interface ArchivedObject {
  object: string;
  bytes: number;
  /** SHA-256 of the content in hex, stored when the object was written; null when none was stored. */
  sha256: string | null;
  /** The object's other custom metadata. */
  metadata: Record<string, string>;
}

/** Thrown when an object's content is not what its SHA-256 says. */
export class NotAsArchived extends Error {
  override readonly name = 'NotAsArchived';
}

/** The archive bucket: objects are written once and stay as they are. */
export interface Archive {
  /** Writes an object with its SHA-256. When an object of that name exists, changes nothing and resolves with `kept`. */
  write(
    object: string,
    content: Buffer,
    about: { contentType: string; metadata?: Record<string, string> },
  ): Promise<'written' | 'kept'>;
  exists(object: string): Promise<boolean>;
  /**
   * The object's content and description, or null when it does not exist. Throws NotAsArchived when the
   * content does not match its SHA-256.
   */
  read(object: string): Promise<{ content: Buffer; about: ArchivedObject } | null>;
  /**
   * Objects whose names begin with `prefix`, in order of their names. With `flat`, objects in folders below the prefix
   * are left out.
   */
  list(prefix: string, options?: { flat?: boolean }): AsyncIterable<ArchivedObject>;
}

/** A workflow's history, as Temporal has it. */
export type History = temporal.api.history.v1.IHistory;

/** A closed run of a scan's workflow. */
export interface ClosedRun {
  workflowId: string;
  runId: string;
  closedAt: Date;
  /** COMPLETED, FAILED, CANCELED, TERMINATED, TIMED_OUT, … */
  status: string;
}

/** A span of time, both ends ISO 8601; `until` is exclusive. */
export interface Span {
  from: string;
  until: string;
}

/** Closed runs of scan workflows that Temporal still keeps. */
export interface ClosedRuns {
  /**
   * A page of the runs that closed in the span, whatever their outcome. `token` is null for the first page, `nextToken`
   * after the last.
   */
  page(
    span: Span,
    token: string | null,
    size: number,
  ): Promise<{ runs: ClosedRun[]; nextToken: string | null }>;
  /** A run's history, with payloads as Temporal stored them; null when Temporal no longer has the history. */
  history(run: ClosedRun): Promise<History | null>;
  /** How long Temporal keeps closed workflows (ms). */
  retentionMs(): Promise<number>;
}

/** Counts of closed runs, by what archiving did with them. */
export interface ArchiveCounts {
  /** Histories written by this archiving. */
  archived: number;
  /** Histories that were already in the archive. */
  kept: number;
  /** Histories that Temporal no longer had. */
  lost: number;
}
