/**
 * POST /api/scan/trigger-workflow: creates the scan document for a client that speaks HTTP. The document is the one way in:
 * its created event admits the scan and starts it. What is refused here early, admission would refuse as well.
 */

import { isDeepStrictEqual } from 'node:util';
import { oneWeight } from '@reddyfit/shared/scan/document';
import { ScanPipelineError } from '@reddyfit/shared/errors';
import {
  triggerWorkflowRequest,
  triggerWorkflowResponse,
  type TriggerWorkflowResponse,
} from '@reddyfit/shared/api/http';
import { SCAN_ID_ATTRIBUTE } from '@reddyfit/shared/temporal/traces';
import { dailyScanWorkflowId } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import { SCAN_CONSENT } from '@reddyfit/shared/account/users';
import { readerOf } from '@reddyfit/shared/words/reader';
import { type DocumentData, FieldValue, type Firestore, Timestamp } from 'firebase-admin/firestore';
import { auditHeadOf } from '../platform/audit-chain.ts';
import { config } from '../platform/config.ts';
import { isAdmissionPaused } from '../scans/admission-pause.ts';
import { eligibleSubject } from '../scans/eligibility.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';
import { limitRate } from '../platform/rate-limit.ts';
import { annotate, currentTraceparent } from '../platform/tracing.ts';
import { asSubmitted, parseScanRequest, type ScanRequest } from '../scans/scan-request.ts';
import { ApiProblem, problemOf } from './problems.ts';
import { apiRoute } from './route.ts';

/** Firestore's code for a `create` of what is there. */
const ALREADY_EXISTS = 6;

const links = { scan: { operationId: 'getScan', parameters: { scanId: '$response.body#/scanId' } } };

/** May be repeated: the scan id names the scan, whose document is created once. */
export const triggerWorkflow = apiRoute({
  method: 'POST',
  path: '/scan/trigger-workflow',
  operationId: 'triggerWorkflow',
  summary: 'Start a scan',
  description: 'May be repeated: the scan id names the scan, and a scan starts and costs a credit once.',
  signedIn: true,
  body: triggerWorkflowRequest,
  answers: {
    200: {
      description: 'The scan was there already, with the same content.',
      schema: triggerWorkflowResponse,
      links,
    },
    202: {
      description: 'The scan was created and is about to be admitted.',
      schema: triggerWorkflowResponse,
      links,
    },
  },
  problems: [
    'admission-paused',
    'no-credits',
    'no-consent',
    'profile-incomplete',
    'account-deletion',
    'age-not-allowed',
    'no-body-fat',
    'photo-not-owned',
    'scan-exists',
    'measures-implausible',
    'weight-doubtful',
    'too-many-requests',
  ],
  async handle({ uid, body: { scanId, angleUrls, uploads, without, ...weight } }) {
    refuseOtherThanOne(weight);
    annotate({ [SCAN_ID_ATTRIBUTE]: scanId });
    const { bucket, apiStartsPerMinute } = config();
    const sent = { ...(uploads && { uploads }), ...(without && { without }) };
    const submitted = { userId: uid, photoUrls: angleUrls, ...weight, ...sent, status: 'submitted' };
    const scan = parseScanRequest(scanId, { ...submitted, createdAt: Timestamp.now() }, bucket);
    await refuseTooMany(uid, apiStartsPerMinute);

    const db = firestore();
    const isNew = !(await isThere(db, scanId, scan, bucket)) && (await create(db, scanId, scan, bucket));
    const body: TriggerWorkflowResponse = {
      scanId,
      workflowId: dailyScanWorkflowId(scanId),
      statusUrl: `/api/scan/${scanId}`,
    };
    return { status: isNew ? 202 : 200, body };
  },
});

/** In the form that readJson has for a field that is wrong. */
function refuseOtherThanOne(weight: { weightLb?: unknown; weightKg?: unknown }): void {
  const wrong = oneWeight(weight);
  if (wrong === null) return;
  const detail = `Send exactly one of weightLb and weightKg, not ${wrong}.`;
  throw new ApiProblem('invalid-request', detail, { errors: [{ pointer: '/weightLb', detail }] });
}

async function refuseTooMany(uid: string, max: number): Promise<void> {
  const decision = await limitRate(uid, 'trigger-workflow', { max, perSeconds: 60 });
  if (decision.allowed) return;
  const seconds = decision.retryAfterSeconds;
  throw new ApiProblem('too-many-requests', `Try again in ${seconds} s.`, {
    headers: { 'retry-after': `${seconds}` },
  });
}

/**
 * Whether the same scan exists. Throws ApiProblem scan-exists when another one does, be it the user's own, somebody else's or one
 * that was deleted: nobody learns which.
 */
async function isThere(db: Firestore, scanId: string, scan: ScanRequest, bucket: string): Promise<boolean> {
  const existing = (await db.doc(paths.scan(scanId)).get()).data();
  if (!existing) return false;
  if (existing.userId !== scan.userId || !isSame(scanId, scan, existing, bucket)) throw idTaken();
  return true;
}

/** The same words for every id that cannot be used. */
function idTaken(): ApiProblem {
  const detail = 'This scan id is taken. Ask for a new one with requestScanUpload, and start a new scan.';
  return new ApiProblem('scan-exists', detail);
}

/** Photos in the folder of the scan are the same photos, however their URLs are written. */
function isSame(scanId: string, scan: ScanRequest, existing: DocumentData, bucket: string): boolean {
  try {
    const there = parseScanRequest(scanId, asSubmitted(existing), bucket);
    return (
      there.weightLb === scan.weightLb &&
      there.without.join() === scan.without.join() &&
      isDeepStrictEqual(there.uploads, scan.uploads)
    );
  } catch (error) {
    if (error instanceof ScanPipelineError) return false;
    throw error;
  }
}

/** Creates the scan of a user who may have one. False when the same request has come first meanwhile. */
async function create(db: Firestore, scanId: string, scan: ScanRequest, bucket: string): Promise<boolean> {
  const { userId, photoUrls, weightLb, weightKg, uploads, without, createdAt } = scan;
  const [[profile, consent, account, auditLog], paused] = await Promise.all([
    db.getAll(
      db.doc(paths.user(userId)),
      db.doc(paths.consent(userId, SCAN_CONSENT)),
      db.doc(paths.account(userId)),
      db.doc(paths.auditLog(scanId)),
    ),
    isAdmissionPaused(db),
  ]);
  if (Object.keys(auditHeadOf(auditLog!).keys).length > 0) {
    throw idTaken();
  }
  try {
    if (paused) throw new ScanPipelineError('AdmissionPausedError');
    eligibleSubject(
      { profile: profile!.data(), consent: consent!.data(), account: account!.data() },
      { weightLb, createdAt, needsCredit: true, leastAge: config().leastAge },
    );
  } catch (error) {
    if (!(error instanceof ScanPipelineError)) throw error;
    throw problemOf(error, readerOf(profile!.data()));
  }
  const traceparent = currentTraceparent();
  try {
    await db.doc(paths.scan(scanId)).create({
      userId,
      photoUrls,
      ...(weightKg === undefined ? { weightLb } : { weightKg }),
      ...(uploads && { uploads }),
      ...(without.length > 0 && { without }),
      status: 'submitted',
      createdAt: FieldValue.serverTimestamp(),
      ...(traceparent && { traceparent }),
    });
  } catch (error) {
    if ((error as { code?: unknown }).code !== ALREADY_EXISTS) throw error;
    if (await isThere(db, scanId, scan, bucket)) return false;
    throw error;
  }
  logs.scanRequested(scanId);
  return true;
}
