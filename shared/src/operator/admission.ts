/** Incident mode: whether new scans are taken, who stopped that and why, and what still runs. */

import { z } from 'zod';
import { isoTime, timestamp } from '../timestamps.ts';
import { OPERATOR_REASONS, why } from './acts.ts';

export const ADMISSION_STATES = ['open', 'paused'] as const;
export type AdmissionState = (typeof ADMISSION_STATES)[number];

/** When a client may ask again while no new scans are taken (s). */
export const PAUSED_RETRY_AFTER_SECONDS = 60;

/** operations/admission: the last change. Without the document new scans are taken. */
export const admissionDocument = z.object({
  state: z.enum(ADMISSION_STATES),
  since: timestamp,
  /** `operator:<name>`, as the audit chain has it. */
  by: z.string(),
  reason: z.enum(OPERATOR_REASONS),
  reference: z.string(),
});
export type AdmissionDocument = z.infer<typeof admissionDocument>;

/** To stop taking new scans, or to take them again. */
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
  /** Scans that have not ended: none are left once what was admitted has drained, and no retries. */
  running: z.number().int(),
  /** When the oldest of them was created; null when there are none. */
  oldestAt: isoTime.nullable(),
  /** Steps that run again, each in a workflow of its own, as Temporal counts them; null when it does not answer. */
  retries: z.number().int().nullable(),
});
export type AdmissionView = z.infer<typeof admissionView>;

export const admissionChanged = z.strictObject({ changed: z.boolean(), ...admissionView.shape });
export type AdmissionChanged = z.infer<typeof admissionChanged>;
