/** The archive bucket, and the closed workflows that go into it. The adapters are beside this. */

import type { temporal } from '@temporalio/proto';

/** An object of the archive. */
export interface ArchivedObject {
  object: string;
  bytes: number;
  /** SHA-256 of the content in hex, as it was written; null where that was not said. */
  sha256: string | null;
  /** What else was said of it. */
  metadata: Record<string, string>;
}

/** The archive bucket: objects are written once and stay as they are. */
export interface Archive {
  /** Writes an object, with its SHA-256, unless there is one of that name: then nothing changes, and `kept` is said. */
  write(
    object: string,
    content: Buffer,
    about: { contentType: string; metadata?: Record<string, string> },
  ): Promise<'written' | 'kept'>;
  exists(object: string): Promise<boolean>;
  /** Content and description, or null when there is none. Throws when the content is not what its SHA-256 says. */
  read(object: string): Promise<{ content: Buffer; about: ArchivedObject } | null>;
  /** Objects whose names begin with `prefix`, in order of their names; by `flat` without those in folders beneath. */
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

/** From when to when, both ISO 8601; the end is not in it. */
export interface Span {
  from: string;
  until: string;
}

/** Scan workflows that have closed, as Temporal still has them. */
export interface ClosedRuns {
  /** A page of those that closed in the span, of every outcome. A token is null on the first and after the last page. */
  page(
    span: Span,
    token: string | null,
    size: number,
  ): Promise<{ runs: ClosedRun[]; nextToken: string | null }>;
  /** A run's history, payloads as they are stored; null when Temporal has it no more. */
  history(run: ClosedRun): Promise<History | null>;
  /** How long Temporal keeps closed workflows (ms). */
  retentionMs(): Promise<number>;
}

/** What was done with closed scans. */
export interface ArchiveCounts {
  /** Written now. */
  archived: number;
  /** Were there. */
  kept: number;
  /** Temporal had their histories no more. */
  lost: number;
}
