/** Events on the Pub/Sub topic `scan-events`: CloudEvents 1.0 in JSON. Ids, states and times only, no health data. */

import { z } from 'zod';
import { SCAN_STATUSES } from './statuses.ts';
import { STEP_NAMES } from './steps.ts';

/**
 * Event → what it tells. An admitted scan publishes queued, processing, one event for each completed step, and one for its end;
 * a refused scan publishes its end alone.
 */
export const SCAN_EVENTS = {
  'scan.queued': 'The scan was admitted and its credit reserved.',
  'scan.processing': 'The analysis began.',
  'scan.step.completed':
    'One step has its result; `data.step` names it. After the end only for a step that was run again.',
  'scan.completed': 'The result is on the document.',
  'scan.rejected': 'The photos cannot be used; the credit was returned.',
  'scan.failed': 'The scan was refused or its analysis failed; it cost no credit.',
  'scan.canceled': 'The scan was canceled; the credit was returned, unless the body fat had been shown.',
} as const;
export type ScanEventType = keyof typeof SCAN_EVENTS;
export const SCAN_EVENT_TYPES = Object.keys(SCAN_EVENTS) as [ScanEventType, ...ScanEventType[]];

const data = {
  scanId: z.string(),
  userId: z.string(),
  /** The scan's status right after the event. */
  status: z.enum(SCAN_STATUSES),
};

const envelope = {
  specversion: z.literal('1.0'),
  /**
   * `<scanId>:<type>`, or `<scanId>:<type>:<step>` for a step. It is the same under every retry, so a receiver can drop
   * repeats.
   */
  id: z.string(),
  source: z.literal('/scans'),
  /** The scan id; also the message's ordering key. */
  subject: z.string(),
  /** When it happened. */
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
};

const stepCompleted = z.strictObject({
  ...envelope,
  type: z.literal('scan.step.completed'),
  data: z.strictObject({ ...data, step: z.enum(STEP_NAMES) }),
});

const ofType = <Type extends Exclude<ScanEventType, 'scan.step.completed'>>(type: Type) =>
  z.strictObject({ ...envelope, type: z.literal(type), data: z.strictObject(data) });

/** Any event of the catalogue. */
export const scanEvent = z.discriminatedUnion('type', [
  ofType('scan.queued'),
  ofType('scan.processing'),
  stepCompleted,
  ofType('scan.completed'),
  ofType('scan.rejected'),
  ofType('scan.failed'),
  ofType('scan.canceled'),
]);
export type ScanEvent = z.infer<typeof scanEvent>;
