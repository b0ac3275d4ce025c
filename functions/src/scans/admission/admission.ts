/** Admits a scan or ends it, in one transaction: profile, consent, photos, one credit, audit entries. */

import { durationOf } from '@reddyfit/shared/scan/duration';
import type { AuditAction, AuditRecord } from '@reddyfit/shared/audit/chain';
import { creditRecord } from '@reddyfit/shared/audit/credits';
import { type ErrorCode, ScanPipelineError, scanError } from '@reddyfit/shared/errors';
import { paths } from '@reddyfit/shared/names/paths';
import { type StepState, TERMINAL_STATUSES } from '@reddyfit/shared/scan/statuses';
import { STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { SCAN_CONSENT } from '@reddyfit/shared/account/users';
import { TRACEPARENT_PATTERN } from '@reddyfit/shared/temporal/traces';
import { type DailyScanInput, dailyScanInput, SCAN_COURSE } from '@reddyfit/shared/temporal/workflows';
import {
  type DocumentData,
  FieldValue,
  type Firestore,
  Timestamp,
  type Transaction,
} from 'firebase-admin/firestore';
import { auditHeadOf, writeAudit } from '../../platform/audit-chain.ts';
import { appVersion, type Config } from '../../platform/config.ts';
import { moveCredit, owesCredit } from '../../accounts/credit-ledger.ts';
import { readerOf } from '@reddyfit/shared/words/reader';
import { type Speaker, speakerFor } from '@reddyfit/shared/words/speaker';
import { oweAnnouncement } from '../ending/announce-scan.ts';
import { eligibleSubject } from './eligibility.ts';
import { asSubmitted, isDocumentId, parseScanRequest, type ScanRequest } from './scan-request.ts';
import { lastRejection } from './last-rejection.ts';
import { earlierWeights, questionWeight } from './weight-history.ts';

/** `rev` of the one write by which a scan is admitted. */
const ADMISSION_REV = 1;

/**
 * What became of a created event. `start` carries the workflow's input and the trace that the workflow is to continue; `again`
 * is true when an earlier delivery admitted the scan.
 */
export type Admission =
  | { outcome: 'start'; input: DailyScanInput; again: boolean; traceparent: string | undefined }
  | { outcome: 'refused'; code: ErrorCode; again: boolean }
  | { outcome: 'ignored'; reason: 'deleted' | 'never started' | 'processing' | 'ended' };

export interface AdmissionRequest {
  scanId: string;
  /** When the document was created, according to the event. */
  eventTime: Date;
  now: Date;
  /** Who decides: `function:<name>`. */
  actor: string;
  /** What is wrong with the photos that arrived, when the scan says what was sent (`compareUploads`). */
  uploadFault?: ScanPipelineError | undefined;
  /** True while operators take no new scans. Scans that were admitted before go on. */
  paused?: boolean;
  /** How long the scan, of this user, would wait for others (s); null where that is not known. Called for a scan that may start. */
  waitOf?: (userId: string) => number | null;
  /** The current trace (W3C). Admission stores it in the document unless the document has one already. */
  traceparent?: string | undefined;
}

type AdmissionConfig = Pick<
  Config,
  'bucket' | 'leastAge' | 'eventMaxAgeMs' | 'speculativeEstimation' | 'scanTimeLimitSeconds'
>;

const allSteps = (state: StepState) =>
  Object.fromEntries(STEP_NAMES.map((name) => [name, { state, attempt: 0 }]));

/** A scan that waits for less than this (s) says nothing of it. */
const SHORT_WAIT_SECONDS = 30;

/** What the document says of the wait for others; undefined when there is none, or none that is known. */
function busyOf(
  { waitOf, now }: AdmissionRequest,
  userId: string,
  speaker: Speaker,
  { scanTimeLimitSeconds }: Pick<Config, 'scanTimeLimitSeconds'>,
): Record<string, unknown> | undefined {
  const estimated = waitOf?.(userId) ?? 0;
  if (estimated < SHORT_WAIT_SECONDS) return undefined;
  // A scan that has not begun by then ends.
  const seconds = Math.min(estimated, scanTimeLimitSeconds);
  return {
    startsAt: Timestamp.fromMillis(now.getTime() + seconds * 1000),
    ...speaker.tell('queue', 'busy', { minutes: Math.ceil(seconds / 60) }),
  };
}

/** The profile of the user whom a document names; undefined when there is none. `userId` may hold anything. */
async function profileOf(db: Firestore, tx: Transaction, userId: unknown): Promise<unknown> {
  if (typeof userId !== 'string' || !isDocumentId(userId)) return undefined;
  return (await tx.get(db.doc(paths.user(userId)))).data();
}

/**
 * Decides whether a scan may start, and makes its workflow's input. `queued` is the document of a scan that an earlier delivery has
 * admitted; null of any other. Throws ScanPipelineError when it may not. Reads in `tx` and writes nothing.
 */
async function decide(
  db: Firestore,
  tx: Transaction,
  request: AdmissionRequest,
  config: AdmissionConfig,
  scan: ScanRequest,
  queued: DocumentData | null,
): Promise<{ input: DailyScanInput; busy: Record<string, unknown> | undefined }> {
  const { userId, photoUrls, weightLb, cameraElevationAngles, without, createdAt } = scan;
  const [user, granted, credits] = await tx.getAll(
    db.doc(paths.user(userId)),
    db.doc(paths.consent(userId, SCAN_CONSENT)),
    db.doc(paths.account(userId)),
  );
  const subject = eligibleSubject(
    { profile: user!.data(), consent: granted!.data(), account: credits!.data() },
    { weightLb, createdAt, needsCredit: !queued, leastAge: config.leastAge },
  );
  // Together, since a user's first answer waits for them; and only for a scan that may be admitted, since they lock what they read.
  const [{ reasons: rejectedBefore, mayPass }, weights] = await Promise.all([
    lastRejection(db, tx, scan),
    earlierWeights(db, tx, userId, { admitted: queued !== null }),
  ]);
  if (!queued && !without.every((reason) => mayPass.includes(reason)))
    throw new ScanPipelineError('InvalidScanError.not_offered');
  const weightConfirmed = questionWeight(weights, scan, subject);
  const reader = readerOf(user!.data());
  const isNew = !queued && !request.paused && !request.uploadFault;
  const busy = isNew ? busyOf(request, userId, speakerFor(reader), config) : undefined;
  const input = dailyScanInput.parse({
    scanId: request.scanId,
    userId,
    photoUrls,
    subject,
    ...(without.length > 0 && { without }),
    ...(cameraElevationAngles && { cameraElevationAngles }),
    ...(weightConfirmed && { weightConfirmed }),
    ...(rejectedBefore.length > 0 && { rejectedBefore }),
    createdAt: createdAt.toISOString(),
    rev: ADMISSION_REV,
    course: SCAN_COURSE,
    reader,
    speculativeEstimation: config.speculativeEstimation,
    timeLimitSeconds: config.scanTimeLimitSeconds,
    ...((queued ? queued.busy : busy) && { busy: true }),
  });
  if (!queued && request.paused) throw new ScanPipelineError('AdmissionPausedError');
  if (!queued && request.uploadFault) throw request.uploadFault;
  return { input, busy };
}

/** What every write of admission says. */
const stamped = (rev: number) => ({
  progress: 0,
  rev,
  build: appVersion(),
  updatedAt: FieldValue.serverTimestamp(),
});

/** The fields of a scan that is refused. */
const refused = (error: ScanPipelineError, speaker: Speaker, createdAt: unknown, now: Date) => ({
  status: 'failed',
  error: scanError(error, speaker),
  steps: allSteps('skipped'),
  completedAt: FieldValue.serverTimestamp(),
  ...durationOf(createdAt, now),
  // Only the server writes these fields, so on a scan that never ran they are forged.
  results: FieldValue.delete(),
  warnings: FieldValue.delete(),
  warningCodes: FieldValue.delete(),
  workflow: FieldValue.delete(),
  simulated: FieldValue.delete(),
  busy: FieldValue.delete(),
});

/**
 * Decides on `scans/<scanId>` as it is now, not as it was at the event, and writes the decision. Safe to repeat and to run
 * twice at once. Throws only errors that may pass; the transaction was then not committed.
 */
export function admit(db: Firestore, request: AdmissionRequest, config: AdmissionConfig): Promise<Admission> {
  const { scanId, now } = request;
  return db.runTransaction(async (tx): Promise<Admission> => {
    const scanRef = db.doc(paths.scan(scanId));
    const [scan, auditLog] = await tx.getAll(scanRef, db.doc(paths.auditLog(scanId)));
    const document = scan!.data();
    if (!document) return { outcome: 'ignored', reason: 'deleted' };
    // Only a server can have written `traceparent`: clients have no such field.
    const { traceparent: traced, ...fields } = document;
    const traceparent = TRACEPARENT_PATTERN.test(String(traced)) ? String(traced) : request.traceparent;
    const head = auditHeadOf(auditLog!);
    const admitted = 'scan_admitted' in head.keys;
    const status: unknown = fields.status;
    if (TERMINAL_STATUSES.some((terminal) => terminal === status))
      return { outcome: 'ignored', reason: fields.workflow ? 'ended' : 'never started' };
    if (admitted && status === 'processing') return { outcome: 'ignored', reason: 'processing' };
    const again = admitted && status === 'queued';

    const who = { at: now.toISOString(), actor: request.actor };
    const audit = (action: AuditAction, detail: Record<string, string>, ...more: AuditRecord[]) =>
      writeAudit(db, tx, scanId, head, [{ ...who, key: action, action, detail }, ...more]);

    let scanRequest: ScanRequest | undefined;
    try {
      if (admitted && !again) throw new ScanPipelineError('InvalidScanError.used');
      if (!again && now.getTime() - request.eventTime.getTime() > config.eventMaxAgeMs)
        throw new ScanPipelineError('ScanExpiredError');
      scanRequest = parseScanRequest(scanId, again ? asSubmitted(fields) : fields, config.bucket);
      const { input, busy } = await decide(db, tx, request, config, scanRequest, again ? fields : null);
      if (!again) {
        const { userId, photoUrls, weightLb } = scanRequest;
        moveCredit(db, tx, userId, scanId, 'reserve');
        tx.update(scanRef, {
          ...stamped(ADMISSION_REV),
          photoUrls,
          weightLb,
          status: 'queued',
          steps: allSteps('pending'),
          ...(traceparent && { traceparent }),
          ...(busy && { busy }),
        });
        audit('scan_admitted', { userId }, creditRecord('reserve', who));
      }
      return { outcome: 'start', input, again, traceparent };
    } catch (error) {
      if (!(error instanceof ScanPipelineError)) throw error;
      const speaker = speakerFor(readerOf(await profileOf(db, tx, fields.userId)));
      // An earlier delivery admitted the scan, it did not start, and now its profile or consent is missing: the reserved credit
      // is refunded.
      const owed = again && scanRequest && (await owesCredit(db, tx, scanRequest.userId, scanId));
      if (owed) moveCredit(db, tx, scanRequest!.userId, scanId, 'refund');
      tx.update(scanRef, {
        ...stamped(again ? ADMISSION_REV + 1 : ADMISSION_REV),
        ...(scanRequest && { weightLb: scanRequest.weightLb }),
        ...refused(error, speaker, fields.createdAt, now),
      });
      const { userId } = scanRequest ?? fields;
      // A document that bypassed the rules may name no user.
      if (typeof userId === 'string' && isDocumentId(userId))
        oweAnnouncement(db, tx, { scanId, userId, status: 'failed' });
      audit('scan_refused', { code: error.code }, ...(owed ? [creditRecord('refund', who)] : []));
      return { outcome: 'refused', code: error.code, again };
    }
  });
}
