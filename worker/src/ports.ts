/** What activities need from the outside, each as small as its callers allow. Adapters are siblings behind these. */

import type { AuditRecord } from '@reddyfit/shared/audit';
import type { ScanEvent } from '@reddyfit/shared/events';
import type { ScanError } from '@reddyfit/shared/errors';
import type { EstimationResult, ScanResults } from '@reddyfit/shared/results';
import type { ScanStatus } from '@reddyfit/shared/statuses';
import type { StepName } from '@reddyfit/shared/steps';

/** One request to a language model. */
export interface ModelQuestion {
  /** The step that asks; also the name of the JSON schema. */
  readonly step: StepName;
  readonly instructions: string;
  /** In the order the model is to read it. Images are data URLs. */
  readonly content: readonly (
    | { readonly type: 'text'; readonly text: string }
    | { readonly type: 'image'; readonly dataUrl: string }
  )[];
  /** Strict JSON schema of the answer. */
  readonly jsonSchema: Record<string, unknown>;
}

/** What the model sent back, not yet parsed. Exactly one of `text` and `refusal` is set. */
export interface ModelAnswer {
  readonly text: string | null;
  readonly refusal: string | null;
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly latencyMs: number;
}

/**
 * A language model. Throws ScanPipelineError: ModelRateLimitedError (with retryAfterMs), ModelQuotaError,
 * ModelRequestError, ModelUnavailableError. Never retries by itself; `signal` aborts the request.
 */
export interface Model {
  ask(question: ModelQuestion, signal: AbortSignal): Promise<ModelAnswer>;
  /** Embedding vector of a text. */
  embed(text: string, signal: AbortSignal): Promise<number[]>;
}

/** The photo bucket. */
export interface PhotoStore {
  /** Bytes of one photo by its gs:// URL, or null when it is not there. */
  read(url: string): Promise<Buffer | null>;
  /** Deletes a scan's folder. Again: nothing left to delete. */
  deleteFolder(uid: string, scanId: string): Promise<void>;
}

/** A change of a step as the workflow states it. Times are ISO 8601. */
export interface StepChange {
  state: 'pending' | 'running' | 'retrying' | 'completed' | 'failed' | 'skipped';
  attempt: number;
  startedAt?: string;
  completedAt?: string;
  nextRetryAt?: string;
  message?: string;
}

/** One write to a scan document: the whole of its steps, and what is new of its results. */
export interface ScanUpdate {
  scanId: string;
  /** Applied only when greater than the document's; so a repeated or late write changes nothing. */
  rev: number;
  status: ScanStatus;
  progress: number;
  steps: Record<StepName, StepChange>;
  results: Partial<ScanResults>;
  warnings: string[];
  error?: ScanError;
  workflow: { id: string; runId: string };
  simulated?: boolean;
  updatedAt: string;
  completedAt?: string;
}

/** An earlier, completed scan of the same user. */
export interface EarlierScan {
  scanId: string;
  createdAt: Date;
  weightLb: number;
  estimation: Pick<EstimationResult, 'bodyFatPercent' | 'leanMassLb' | 'fatMassLb'>;
}

/** Scan documents. */
export interface ScanStore {
  /** Idempotent by `rev`. Says what happened; `missing` when the document is gone. */
  apply(update: ScanUpdate): Promise<'applied' | 'stale' | 'missing'>;
  /** Completed scans created before `before` and at or after `since`, newest first. */
  earlier(uid: string, since: Date, before: Date): Promise<EarlierScan[]>;
}

/** Scan credits. */
export interface Credits {
  /** Settles a scan's reservation once, by `<scanId>:commit` or `<scanId>:refund`; the other kind is then a no-op. */
  settle(uid: string, scanId: string, kind: 'commit' | 'refund'): Promise<void>;
}

/** Audit chains. */
export interface AuditLog {
  /** Appends once per `record.key`. */
  append(scanId: string, record: AuditRecord): Promise<void>;
}

/** What the system remembers of a user between scans. */
export interface Memory {
  /** The `limit` texts nearest in meaning to `query`, nearest first. */
  recall(uid: string, query: string, limit: number, signal: AbortSignal): Promise<string[]>;
  /** Stores one text per scan; again: overwrites it. */
  remember(uid: string, scanId: string, text: string, signal: AbortSignal): Promise<void>;
}

/** Push messages to a user's devices. */
export interface Push {
  /** Sends to every device of the user; resolves with the number that took it. */
  send(uid: string, message: PushMessage): Promise<number>;
}

export interface PushMessage {
  title: string;
  body: string;
  data: { scanId: string; status: ScanStatus };
  /** A repeat with the same key replaces the earlier message on the phone. */
  collapseKey: string;
}

/** Scan events to Pub/Sub. */
export interface EventPublisher {
  /** Publishes in this order; resolves when the server has all. */
  publish(events: readonly ScanEvent[]): Promise<void>;
}

/** Users' own settings. */
export interface Users {
  /** Whether a push may show numbers; `private` when the user is unknown. */
  pushPreview(uid: string): Promise<'full' | 'private'>;
  /** Whether the user's consent to `scan_analysis` stands now. */
  consentsToAnalysis(uid: string): Promise<boolean>;
}
