/** The activities of a scan as workflows call them: names, inputs and results. */

import type { AuditRecord } from '@reddyfit/shared/audit/chain';
import type { PhotoUrls } from '@reddyfit/shared/scan/photos';
import type { ScanEvent } from '@reddyfit/shared/scan/events';
import type { DeltaResult, EstimationResult } from '@reddyfit/shared/scan/results';
import type { ResultOf, StepName } from '@reddyfit/shared/scan/steps';
import type { TerminalStatus } from '@reddyfit/shared/scan/statuses';
import type { ScanRef, ScanSubject, StepInput } from '@reddyfit/shared/temporal/workflows';
import type { ScanUpdate, ScanWritten, StepUpdate, StepWritten } from './scan-store.ts';

/** The result of a body measurement, with the person's data that it was made from. */
export interface Composition {
  subject: ScanSubject;
  estimation: EstimationResult;
}

/**
 * What the activity of a step answers: its result. The estimation also brings the change since the last scan, where its input asks
 * for that (`withChange`) and the comparison takes no longer than a moment.
 */
export type AnswerOf<Name extends StepName> = ResultOf<Name> &
  (Name extends 'estimation' ? { change?: DeltaResult } : unknown);

/**
 * One activity per step. A step that asks a model throws ConsentMissingError when the user has withdrawn consent,
 * before it sends anything to a model.
 */
export type StepActivities = {
  [Name in StepName]: (input: StepInput<Name>) => Promise<AnswerOf<Name>>;
};

/**
 * What follows a scan's end: for each of these activities its input. The write of the end carries them out beside each other;
 * an activity of its own carries out what that write did not get done.
 */
export type Afterwards = {
  [Name in 'hideKeptFaces' | 'sendNotification' | 'rememberScan']?: Parameters<Activities[Name]>[0];
};

/** What a write says of the rest of its work. */
export interface AfterWrite {
  /** Present when the topic has not taken the write's events. */
  unpublished?: true;
  /** Which of `afterwards` is done. Whatever is not named here is still to be done. */
  done?: (keyof Afterwards)[];
  /** How long the others are to be left alone (ms), where one has failed. */
  waitMs?: { [Name in keyof Afterwards]?: number };
}

/** The steps' activities, and those that write, publish, notify and settle. */
export interface Activities extends StepActivities {
  /**
   * Writes status and results to the document. The same commit writes the audit entries of what has ended and settles
   * the credit: it is spent with the first estimation that is shown and with `completed`, and given back with any other
   * end. Key: `rev`; a second call writes nothing. After the commit it publishes the write's events; a second call
   * publishes them again (key: each event's id). Publishing does not hold up the write: when the topic does not accept
   * the events within moments, the result has `unpublished`. After the commit it also does what `afterwards` says, each
   * part by the key of its own activity; no part waits for another, fails it or repeats it, and one that takes longer than
   * some seconds is left to its own activity.
   */
  updateFirestore(
    input: ScanUpdate & { events?: ScanEvent[]; afterwards?: Afterwards },
  ): Promise<ScanWritten & AfterWrite>;
  /**
   * Writes how far a retried step is. Key: the run's start, attempt and state; a second call writes nothing. Resolves
   * with `missing` when the scan was deleted, and with `unconsented` when a result comes after the user has withdrawn
   * consent.
   */
  updateStep(update: StepUpdate): Promise<StepWritten>;
  /** Remembers the result for the next scan. Key: scan id; a second call overwrites with the same. */
  rememberScan(input: ScanRef & Composition & { createdAt: string }): Promise<void>;
  /**
   * Tells the user's devices how the scan ended. Key: scan, status and token; a second call sends only to devices that
   * did not get the message. A message that arrives twice all the same replaces itself on the phone.
   */
  sendNotification(
    input: ScanRef & {
      status: TerminalStatus;
      bodyFatPercent?: number;
      /** For a canceled scan: true when its body fat had been shown, so that the credit is spent. */
      creditUsed?: boolean;
    },
  ): Promise<void>;
  /**
   * Publishes a scan's events in order. Key: each event's id; a second call publishes again, and subscribers recognize
   * the id.
   */
  publishEvent(input: { events: ScanEvent[] }): Promise<void>;
  /** Appends to the scan's audit chain. Key: `record.key`; a second call appends nothing. */
  auditLog(input: { scanId: string; record: AuditRecord }): Promise<void>;
  /**
   * Replaces a completed scan's photos with copies without faces, and deletes those in which nobody was found, if the worker is set
   * to do so. Key: each object; a second call changes nothing.
   */
  hideKeptFaces(input: ScanRef & { photoUrls: PhotoUrls }): Promise<void>;
  /** Deletes the scan's photos. Key: the folder; a second call finds nothing left to delete. */
  deleteImages(input: ScanRef): Promise<void>;
  /**
   * Gives the reserved credit back, for scans that began before `updateFirestore` settled the credit. Key:
   * `<scanId>:refund`; a second call, or one after a commit, does nothing.
   */
  refundScanCredit(input: ScanRef): Promise<void>;
  /**
   * Spends the reserved credit, for the same scans. Key: `<scanId>:commit`; a second call, or one after a refund, does
   * nothing.
   */
  commitScanCredit(input: ScanRef): Promise<void>;
}
