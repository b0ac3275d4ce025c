/** Admits a scan and starts its workflow. The trigger and the sweeper both begin scans by this function alone. */

import { paths } from '@reddyfit/shared/names/paths';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import type { Scan } from '@reddyfit/shared/scan/document';
import { type Admission, admit, type AdmissionRequest } from './admission/admission.ts';
import { isAdmissionPaused } from './admission/admission-pause.ts';
import { announceScan } from './ending/announce-scan.ts';
import { cancelScanWorkflow } from './ending/cancel-scan-workflow.ts';
import { compareUploads } from './admission/compare-uploads.ts';
import { config } from '../platform/config.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';
import { publishQueued } from './publish-queued.ts';
import { deletePhotos } from './uploads/photo-bucket.ts';
import { scanQueue, type ScanQueue } from './queue/scan-queue.ts';
import { isDocumentId } from './admission/scan-request.ts';
import { startScan } from './start-scan.ts';
import { temporal } from '../platform/temporal.ts';
import { currentTraceparent } from '../platform/tracing.ts';

let queue: ScanQueue | undefined;

/**
 * Returns when the scan is started or has ended; throws when neither was possible. Any number of repetitions, also at once,
 * starts one workflow and reserves one credit.
 *
 * A scan may be canceled or deleted while it starts. This function starts the workflow first and then looks at the document;
 * cancelScan ends the document first and then looks for a workflow. Whichever comes second sees what the first has done, so no
 * workflow is left to run for a scan that has ended. When a process dies in between, the redelivered event makes up for it, and
 * a workflow that nobody canceled finds the scan ended at its first write.
 */
export async function beginScan(request: AdmissionRequest): Promise<Admission> {
  const { scanId } = request;
  const settings = config();
  temporal().warm();
  queue ??= scanQueue(firestore(), temporal(), settings.temporal);

  const [uploadFault, paused] = await Promise.all([
    compareUploads(firestore(), scanId),
    isAdmissionPaused(firestore()),
    queue.look(),
  ]);
  const waitOf = (userId: string) => queue!.join(scanId, userId);
  const asked = { ...request, uploadFault, paused, waitOf, traceparent: currentTraceparent() };
  const admission = await admit(firestore(), asked, settings);
  if (admission.outcome !== 'start') queue.leave(scanId);
  if (admission.outcome === 'ignored') {
    logs.scanLeftAlone(scanId, admission.reason);
    if (admission.reason === 'never started' || admission.reason === 'deleted') await cancelOrphan(scanId);
    // The process that ended the scan may have died before it deleted the photos and announced the end.
    if (admission.reason === 'never started') await clearUnstarted(scanId);
    return admission;
  }
  if (admission.outcome === 'refused') {
    logs.scanRefused(scanId, admission.code);
    // An earlier delivery may have started the scan, so the code that ends the scan also ends its workflow.
    if (admission.again) await cancelOrphan(scanId);
    await clearUnstarted(scanId);
    return admission;
  }

  const queuedPublished = await publishQueued(admission.input);
  try {
    const input = { ...admission.input, queuedPublished };
    await startScan(temporal(), settings, { ...admission, input });
  } catch (error) {
    logs.startFailed(scanId, error);
    throw error;
  }
  logs.scanStarted(scanId, admission.again);

  const scan = (await firestore().doc(paths.scan(scanId)).get()).data() as Scan | undefined;
  if (!scan || (isTerminal(scan.status) && !scan.workflow)) await cancelOrphan(scanId);
  return admission;
}

/**
 * Deletes the photos of a scan that ended before its workflow, and announces its end. A second call deletes and announces
 * nothing more. Throws when the photos could not be deleted, so that the event comes again.
 */
async function clearUnstarted(scanId: string): Promise<void> {
  const scan = (await firestore().doc(paths.scan(scanId)).get()).data() as Scan | undefined;
  if (!scan || !isTerminal(scan.status) || scan.status === 'completed' || scan.workflow) return;
  const { userId, status } = scan;
  // A document that bypassed the rules may name no user.
  if (typeof userId !== 'string' || !isDocumentId(userId)) return;
  await deletePhotos(userId, scanId);
  await announceScan({ scanId, userId, status });
}

/** Cancels the workflow, if one runs, of a scan that has ended without it. */
async function cancelOrphan(scanId: string): Promise<void> {
  if (await cancelScanWorkflow(temporal(), scanId)) logs.orphanCanceled(scanId);
}
