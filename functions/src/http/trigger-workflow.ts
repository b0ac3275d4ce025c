/**
 * POST /api/scan/trigger-workflow: creates the scan document for a client that speaks HTTP. The document is the only way to
 * begin a scan: its created event admits the scan and starts it. Apart from the rate limit and from ids that are taken,
 * admission would also refuse whatever this route refuses.
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
import { isAdmissionPaused } from '../scans/admission/admission-pause.ts';
import { eligibleSubject } from '../scans/admission/eligibility.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';
import { limitRate } from '../platform/rate-limit.ts';
import { annotate, currentTraceparent } from '../platform/tracing.ts';
import { asSubmitted, parseScanRequest, type ScanRequest } from '../scans/admission/scan-request.ts';
import { ApiProblem, problemOf } from './problems.ts';
import { apiRoute } from './route.ts';

/** gRPC's code for a `create` of a document that exists. */
const ALREADY_EXISTS = 6;

const links = { scan: { operationId: 'getScan', parameters: { scanId: '$response.body#/scanId' } } };

/** The idempotency key is the scan id: a second request with the same content creates nothing and is answered with 200. */
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
    'too-many-requests',
  ],
  async handle({ uid, body: { scanId, angleUrls, uploads, cameraElevationAngles, without, ...weight } }) {
    refuseOtherThanOne(weight);
    annotate({ [SCAN_ID_ATTRIBUTE]: scanId });
    const { bucket, apiStartsPerMinute } = config();
    const sent = {
      ...(uploads && { uploads }),
      ...(cameraElevationAngles && { cameraElevationAngles }),
      ...(without && { without }),
    };
    const submitted = { userId: uid, photoUrls: angleUrls, ...weight, ...sent, status: 'submitted' };
    const scan = parsed(scanId, { ...submitted, createdAt: Timestamp.now() }, bucket);
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

/** Throws ApiProblem, in the form that readJson has for a wrong field, unless exactly one of the weights was sent. */
function refuseOtherThanOne(weight: { weightLb?: unknown; weightKg?: unknown }): void {
  const wrong = oneWeight(weight);
  if (wrong === null) return;
  const detail = `Send exactly one of weightLb and weightKg, not ${wrong}.`;
  throw new ApiProblem('invalid-request', detail, { errors: [{ pointer: '/weightLb', detail }] });
}

/** The scan as parseScanRequest reads it. Throws ApiProblem, which points to the photo or the scan id that is wrong. */
function parsed(scanId: string, submitted: object, bucket: string): ScanRequest {
  try {
    return parseScanRequest(scanId, submitted, bucket);
  } catch (error) {
    if (!(error instanceof ScanPipelineError) || error.code !== 'PhotoNotOwnedError') throw error;
    const { angle } = error.params;
    const wrong =
      angle === undefined
        ? { pointer: '/scanId', detail: 'None of the photos is in the folder of this scan id and user.' }
        : {
            pointer: `/angleUrls/${angle}`,
            detail: 'This is no URL of this photo in the folder of this scan.',
          };
    throw problemOf(error, undefined, [wrong]);
  }
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
 * True when the same scan exists already. Throws ApiProblem scan-exists when the id belongs to another scan, be it one of the
 * user's or of somebody else: nobody learns which.
 */
async function isThere(db: Firestore, scanId: string, scan: ScanRequest, bucket: string): Promise<boolean> {
  const existing = (await db.doc(paths.scan(scanId)).get()).data();
  if (!existing) return false;
  if (existing.userId !== scan.userId || !isSame(scanId, scan, existing, bucket)) throw idTaken();
  return true;
}

/** Every id that cannot be used is refused in the same words. */
function idTaken(): ApiProblem {
  const detail = 'This scan id is taken. Ask for a new one with requestScanUpload, and start a new scan.';
  return new ApiProblem('scan-exists', detail);
}

/**
 * True when the document asks for the same scan as the request. Both have passed the check that their photos are those in the
 * folder of the scan, so the photos are the same, however their URLs are written.
 */
function isSame(scanId: string, scan: ScanRequest, existing: DocumentData, bucket: string): boolean {
  try {
    const there = parseScanRequest(scanId, asSubmitted(existing), bucket);
    return (
      there.weightLb === scan.weightLb &&
      there.without.join() === scan.without.join() &&
      isDeepStrictEqual(there.cameraElevationAngles, scan.cameraElevationAngles) &&
      isDeepStrictEqual(there.uploads, scan.uploads)
    );
  } catch (error) {
    if (error instanceof ScanPipelineError) return false;
    throw error;
  }
}

/**
 * Creates the scan if the user may have one; otherwise throws ApiProblem, also for the id of a scan that was deleted. Resolves
 * with false when the same request has created the scan meanwhile.
 */
async function create(db: Firestore, scanId: string, scan: ScanRequest, bucket: string): Promise<boolean> {
  const { userId, photoUrls, weightLb, weightKg, uploads, cameraElevationAngles, without, createdAt } = scan;
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
    const field = weightKg === undefined ? 'weightLb' : 'weightKg';
    // What is wrong in the profile is no part of the request: `detail` names it.
    const errors =
      error.code === 'MeasuresImplausibleError'
        ? [{ pointer: `/${field}`, detail: 'Nobody of the height in the profile has this weight.' }]
        : undefined;
    throw problemOf(error, readerOf(profile!.data()), errors);
  }
  const traceparent = currentTraceparent();
  try {
    await db.doc(paths.scan(scanId)).create({
      userId,
      photoUrls,
      ...(weightKg === undefined ? { weightLb } : { weightKg }),
      ...(uploads && { uploads }),
      ...(cameraElevationAngles && { cameraElevationAngles }),
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
