/** Incident mode: whether new scans are admitted, who changed that and why, and which scans still run. */

import { z } from 'zod';
import { isoTime, timestamp } from '../timestamps.ts';
import { OPERATOR_REASONS, why } from './acts.ts';

export const ADMISSION_STATES = ['open', 'paused'] as const;
export type AdmissionState = (typeof ADMISSION_STATES)[number];

/** How long a client should wait before it asks again while no new scans are admitted (s). */
export const PAUSED_RETRY_AFTER_SECONDS = 60;

/** The document operations/admission: the last change. Without the document new scans are admitted. */
export const admissionDocument = z.object({
  state: z.enum(ADMISSION_STATES),
  since: timestamp,
  /** The actor in the form of the audit chain: `operator:<name>`. */
  by: z.string(),
  reason: z.enum(OPERATOR_REASONS),
  reference: z.string(),
});
export type AdmissionDocument = z.infer<typeof admissionDocument>;

/** Stops the admission of new scans, or resumes it. */
export const admissionChange = z.strictObject({ state: z.enum(ADMISSION_STATES), ...why });
export type AdmissionChange = z.infer<typeof admissionChange>;

export const admissionView = z.strictObject({
  state: z.enum(ADMISSION_STATES),
  /** The last change; null when there was none. */
  last: z
    .strictObject({
      since: isoTime,
      by: z.string(),
      reason: z.enum(OPERATOR_REASONS),
      reference: z.string(),
    })
    .nullable(),
  /** The number of scans that have not ended. While admission is paused, this number and `retries` fall to 0. */
  running: z.number().int(),
  /** When the oldest scan that has not ended was created; null when there is none. */
  oldestAt: isoTime.nullable(),
  /** Steps that run again, each in a workflow of its own, as Temporal counts them; null when it does not answer. */
  retries: z.number().int().nullable(),
});
export type AdmissionView = z.infer<typeof admissionView>;

export const admissionChanged = z.strictObject({ changed: z.boolean(), ...admissionView.shape });
export type AdmissionChanged = z.infer<typeof admissionChanged>;
