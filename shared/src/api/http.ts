/** The HTTP API under /api: what a client sends, and what the server answers. */

import { z } from 'zod';
import { ERROR_CODES } from '../errors.ts';
import { SCAN_ID_PATTERN } from '../names/ids.ts';
import { photoUrls, submittedScan } from '../scan/document.ts';

/** Largest request body (bytes): 64 KiB, several times what the longest photo URLs need. */
export const MAX_BODY_BYTES = 64 * 1024;

/**
 * POST /api/scan/trigger-workflow: the fields of a scan that only its user knows. The server takes all others from the ID token
 * and its clock.
 */
export const triggerWorkflowRequest = z.strictObject({
  scanId: z
    .string()
    .regex(SCAN_ID_PATTERN)
    .describe('From requestScanUpload. Names the scan, also when the request is repeated.'),
  angleUrls: photoUrls.describe('The `photoUrls` of requestScanUpload, after the photos were uploaded.'),
  weightLb: submittedScan.shape.weightLb.describe('Body weight (lb). Exactly one of weightLb and weightKg.'),
  weightKg: submittedScan.shape.weightKg.describe('Body weight (kg). Exactly one of weightLb and weightKg.'),
  uploads: submittedScan.shape.uploads.describe(
    'Size and SHA-256 of each photo as it was sent: a photo that arrived otherwise ends the scan at no cost.',
  ),
  cameraElevationAngles: submittedScan.shape.cameraElevationAngles,
  without: submittedScan.shape.without.describe(
    'Reasons of a rejection that this scan lets pass, without the measurement: `results.qualityCheck.offer.without` of the scan before.',
  ),
});
export type TriggerWorkflowRequest = z.infer<typeof triggerWorkflowRequest>;

/** 202 when the request created the scan, 200 when it was there already with the same content. */
export const triggerWorkflowResponse = z.strictObject({
  scanId: z.string(),
  workflowId: z.string().describe('Id of the Temporal workflow that the scan runs as once it is admitted.'),
  statusUrl: z.string().describe("Where the scan is read, relative to the API's host."),
});
export type TriggerWorkflowResponse = z.infer<typeof triggerWorkflowResponse>;

/** Problem details (RFC 9457), the body of every answer that is not a success. It quotes nothing that the client sent. */
export const problemDetails = z.strictObject({
  type: z.string().describe('Names the kind of problem; stable.'),
  title: z.string().describe('What kind of problem it is, the same each time.'),
  status: z.number().int().min(400).max(599),
  detail: z.string().describe('What is wrong this time; safe to show to the user.'),
  code: z.enum(ERROR_CODES).optional().describe("The code that a scan's `error` has for the same problem."),
  errors: z
    .array(
      z.strictObject({
        pointer: z.string().describe('JSON Pointer (RFC 6901) to the field; empty for the whole body.'),
        detail: z.string(),
      }),
    )
    .max(10)
    .optional()
    .describe('The fields that are wrong.'),
});
export type ProblemDetails = z.infer<typeof problemDetails>;
