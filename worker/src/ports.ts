/** What activities need from the outside, each as small as its callers allow. Adapters are siblings behind these. */

import type { AuditRecord } from '@reddyfit/shared/audit/chain';
import type { StoredChain } from '@reddyfit/shared/audit/check';
import type { ScanEvent } from '@reddyfit/shared/scan/events';
import type { ScanError } from '@reddyfit/shared/errors';
import type { Angle } from '@reddyfit/shared/scan/photos';
import type { EstimationResult, ScanResults } from '@reddyfit/shared/scan/results';
import type { ScanStatus, TerminalStatus } from '@reddyfit/shared/scan/statuses';
import type { OptionalStepName, StepName } from '@reddyfit/shared/scan/steps';
import type { DeletionStage } from '@reddyfit/shared/account/users';
import type { Reader } from '@reddyfit/shared/words/reader';
import type { Params, Told } from '@reddyfit/shared/words/speaker';
import type { temporal } from '@temporalio/proto';
import type {
  DeadReason,
  DeliveryState,
  DisabledReason,
  WebhookContentType,
  WebhookError,
  WebhookEvent,
} from '@reddyfit/shared/webhooks/endpoints';
import type { BodyMeasurement } from './body/vision/body-measurement.ts';
import type { Silhouette } from './body/vision/silhouette.ts';

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
  /** Whose scan it is about. The provider gets a salted hash of it, by which it can block a user without knowing who that is. */
  readonly userId?: string;
}

/** Why an answer could not be used. */
export type UnusableReason = 'refused' | 'cut_short' | 'schema' | 'text' | 'guard';

/** What the model sent back, not yet parsed. Exactly one of `text` and `refusal` is set. */
export interface ModelAnswer {
  readonly text: string | null;
  /** That the model, or a filter before or behind it, declined to answer. */
  readonly refusal: string | null;
  /** True when the answer ended at the limit of tokens: `text` is what came until then. */
  readonly cutShort?: boolean;
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
  /** Hears of each answer that could not be used; of its text nothing. */
  unusable?(step: StepName, reason: UnusableReason): void;
}

/** Measures a body by its outlines. */
export interface BodyMeasurer {
  /** Girths of a person of this height (cm). Throws when they cannot be had from these outlines. */
  measure(silhouettes: Readonly<Record<Angle, Silhouette>>, heightCm: number): BodyMeasurement;
}

/** A photo as it arrived. */
export interface StoredPhoto {
  readonly bytes: Buffer;
  /** What its uploader said it is, or null where nothing was said. */
  readonly contentType: string | null;
}

/** The photo bucket. */
export interface PhotoStore {
  /** One photo by its gs:// URL, or null when it is not there. */
  read(url: string): Promise<StoredPhoto | null>;
  /**
   * Puts a JPEG in which faces are hidden in the place of a photo. Key: the object, which says that it was done; again, and of a photo that is
   * gone: nothing. A photo that changes meanwhile is left, with an error: then it may be asked again.
   */
  keepCopy(url: string, jpeg: Uint8Array): Promise<void>;
  /** Deletes a scan's folder. Again: nothing left to delete. */
  deleteFolder(uid: string, scanId: string): Promise<void>;
}

/** A change of a step as the workflow states it. Times are ISO 8601. */
export interface StepChange {
  state: 'pending' | 'running' | 'retrying' | 'completed' | 'failed' | 'skipped';
  attempt: number;
  startedAt?: string;
  /** Of the attempt under way, from the second on. */
  attemptStartedAt?: string;
  completedAt?: string;
  nextRetryAt?: string;
  message?: string;
  messageCode?: string;
  params?: Params;
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
  /** Which sentences they are, in the same order. */
  warningCodes: Omit<Told, 'message'>[];
  error?: ScanError;
  workflow: { id: string; runId: string };
  simulated?: boolean;
  updatedAt: string;
  completedAt?: string;
}

/**
 * What became of a write to a scan: `applied`, now or by the same write before; `stale`, a later one of the same workflow is there;
 * `ended`, someone else has ended the scan, as `status`; `missing`, the document is gone; `unconsented`, it brought results, and
 * their user has withdrawn consent. Only the first has changed anything.
 */
export type ScanWritten =
  | { outcome: 'applied' | 'stale' | 'missing' | 'unconsented' }
  | { outcome: 'ended'; status: TerminalStatus };

/** The same of a write about one step. */
export type StepWritten = 'applied' | 'stale' | 'missing' | 'unconsented';

/** One write about a step that runs again after its scan has completed. Times are ISO 8601. */
export interface StepUpdate {
  scanId: string;
  step: OptionalStepName;
  /** `startedAt` tells this run from others; with state and attempt it says which of two writes is the later. */
  change: StepChange & { startedAt: string };
  /** The step's part of the results, once it has completed; the warning that it failed goes then. */
  result?: ScanResults[OptionalStepName];
  /** By its code; by its sentence on documents that have no codes. */
  warning: Pick<Told, 'messageCode' | 'message'>;
  simulated?: boolean;
  updatedAt: string;
}

/** An earlier, completed scan of the same user. */
export interface EarlierScan {
  scanId: string;
  createdAt: Date;
  weightLb: number;
  estimation: Pick<EstimationResult, 'bodyFatPercent' | 'leanMassLb' | 'fatMassLb' | 'repeatSd'>;
}

/** Scan documents. */
export interface ScanStore {
  /**
   * Writes an update with all that becomes true with it, in one commit: audit entries and the movement of the credit. Key: `rev`;
   * again: nothing, and `applied`.
   */
  apply(update: ScanUpdate): Promise<ScanWritten>;
  /**
   * Writes how far a step of a completed scan is, that step alone, under the next `rev`. Key: the step's `startedAt`, attempt
   * and state; late, or over a step that another run has completed: `stale`.
   */
  applyStep(update: StepUpdate): Promise<StepWritten>;
  /** Completed scans created before `before` and at or after `since`, newest first, `limit` of them at most. */
  earlier(uid: string, since: Date, before: Date, limit: number): Promise<EarlierScan[]>;
  /** The oldest of them. */
  oldest(uid: string, since: Date, before: Date): Promise<EarlierScan | undefined>;
}

/** Scan credits. */
export interface Credits {
  /** Settles a scan's reservation once, by `<scanId>:commit` or `<scanId>:refund`; the other kind is then a no-op. */
  settle(uid: string, scanId: string, kind: 'commit' | 'refund'): Promise<void>;
}

/** Audit chains. */
export interface AuditLog {
  /** Appends once per `record.key` to the chain of a scan, or to one of those that audit.ts names. */
  append(chain: string, record: AuditRecord): Promise<void>;
}

/** A chain with its name, as the database has it. */
export interface NamedChain extends StoredChain {
  chain: string;
  entries: { id: string; data: unknown }[];
}

/** Audit chains, for whoever checks them. */
export interface AuditChains {
  /** One, as it is at one moment. */
  read(chain: string): Promise<NamedChain>;
  /** All whose names come after `after`, in the order of their names' bytes. One that is written to meanwhile may come torn. */
  all(after?: string): AsyncIterable<NamedChain>;
  /** SHA-256 in hex of the names of the chains that went with an account since `since` (ISO 8601). */
  erased(since: string): Promise<ReadonlySet<string>>;
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

/** The workflows of scans. */
export interface ScanRuns {
  /** Whether any of them runs. */
  isOpen(scanId: string): Promise<boolean>;
  /** Asks each that runs to cancel. */
  cancel(scanId: string): Promise<void>;
  /** Ends each that runs where it stands. */
  terminate(scanId: string): Promise<void>;
}

/** Push messages to a user's devices. */
export interface Push {
  /**
   * Sends to the user's devices that have not had this message, known by its scan and status; resolves with the number that
   * took it now. Throws ScanPipelineError, with the wait that was asked for, when it is to be sent again to some.
   */
  send(uid: string, message: PushMessage): Promise<number>;
}

/** One message; another one for the same scan and status replaces it on the phone. */
export interface PushMessage {
  scanId: string;
  status: ScanStatus;
  title: string;
  body: string;
  /** To be delivered without a sound. */
  quiet: boolean;
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

/** Scan events to Pub/Sub. */
export interface EventPublisher {
  /** Publishes in this order; resolves when the server has all. */
  publish(events: readonly ScanEvent[]): Promise<void>;
}

/** Users' own settings. */
export interface Users {
  pushSettings(uid: string): Promise<PushSettings>;
  /** Whether the user's consent to `scan_analysis` stands now. */
  consentsToAnalysis(uid: string): Promise<boolean>;
}

/** What a receiver said to one request. */
export interface WebhookAnswer {
  /** HTTP status, or null when `error` says why there is none. */
  status: number | null;
  error: WebhookError | null;
  /** How long it took (ms). */
  ms: number;
  /** First bytes of the answer, plain. */
  answer: string;
  /** How long the receiver wants to be left alone (ms). */
  retryAfterMs?: number;
}

/** Requests to servers that are not ours. */
export interface WebhookSender {
  /** Makes one request. What goes wrong is in the answer; throws only when canceled by the signal. */
  send(
    url: string,
    message: { headers: Record<string, string>; body: string },
    signal: AbortSignal,
  ): Promise<WebhookAnswer>;
}

/** An endpoint as its deliveries need it. */
export interface WebhookRecipient {
  url: string;
  events: readonly string[];
  contentType: WebhookContentType;
  enabled: boolean;
  /** All that sign now, newest first. */
  secrets: readonly string[];
  /** How far the delivery of the event in question is; null when there is none yet. */
  delivery: DeliveryState | null;
}

/** What is written of a delivery. Times are ISO 8601. */
export interface DeliveryRecord {
  endpointId: string;
  event: WebhookEvent;
  at: string;
  /** The request that was made, if one was. */
  attempt: (Omit<WebhookAnswer, 'retryAfterMs'> & { key: string; at: string }) | null;
  state: DeliveryState;
  deadReason: DeadReason | null;
  nextAttemptAt: string | null;
}

/** Webhook endpoints and their deliveries. */
export interface WebhookStore {
  /** The endpoint, and how far its delivery of this event is; null when there is no such endpoint. */
  recipient(endpointId: string, eventId: string, now: Date): Promise<WebhookRecipient | null>;
  /** Writes how far a delivery is. Key: `attempt.key`; again: nothing new. */
  record(record: DeliveryRecord): Promise<void>;
  /**
   * Counts an attempt made at `at` for or against its endpoint. Resolves with the reason when that disabled it, also when
   * asked again, else with null.
   */
  judge(
    endpointId: string,
    outcome: 'delivered' | 'failed' | 'gone',
    at: string,
  ): Promise<DisabledReason | null>;
}

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

/** How far the daily operations are: operations/{job}. */
export interface Operations {
  /** Up to when every closed scan is archived; null before the first time. */
  archivedUntil(): Promise<Date | null>;
  /** Moves that time on, never back. Again: nothing. */
  recordArchived(until: Date): Promise<void>;
  /** States that nothing is left to archive, and what this run did. Again: the same. */
  recordArchiveDone(run: ArchiveCounts): Promise<void>;
  /** States what the last verification found. Again: the same. */
  recordVerified(found: AuditVerification): Promise<void>;
  /** States what the last verification of the balances found. Again: the same. */
  recordBalances(found: BalanceVerification): Promise<void>;
}

/** The accounts, each held against its ledger. */
export interface Balances {
  /**
   * The accounts after `after` in the order of their ids (null begins), as many as fit a page, and which of them are not what their
   * ledger sums to. `beat` is called in between. `after` of the answer is null when none follows.
   */
  page(
    after: string | null,
    beat?: () => void,
  ): Promise<{ accounts: number; unbalanced: UnbalancedAccount[]; after: string | null }>;
}

/** An account whose balance is not what its ledger sums to; `balance` is null when it cannot be read. */
export interface UnbalancedAccount {
  uid: string;
  balance: number | null;
  ledger: number;
}

/** What a verification of all balances found. */
export interface BalanceVerification {
  accounts: number;
  unbalanced: number;
}

/** What a verification of all chains found. */
export interface AuditVerification {
  chains: number;
  entries: number;
  broken: number;
  /** The first of the broken ones, with what is wrong. */
  faults: string[];
  /** Object of the day's anchor, and its root. */
  anchor: string;
  root: string;
}
