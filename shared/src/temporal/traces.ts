/** How a trace is passed from one process to the next: W3C Trace Context. */

import { scanIdOfWorkflow } from '../names/ids.ts';

/** A `traceparent` of version 00: trace id, id of the span to continue, flags. */
export const TRACEPARENT_PATTERN = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The attribute that names the scan on every span. */
export const SCAN_ID_ATTRIBUTE = 'reddyfit.scan.id';

/** The header of a workflow's start that carries `{traceparent}`, as Temporal's OpenTelemetry interceptors read it. */
export const TEMPORAL_TRACE_HEADER = '_tracer-data';

/** `webhook-<endpoint>-<scan>:<type>`, see webhookDeliveryWorkflowId. */
const DELIVERY = /^webhook-we_[A-Za-z0-9]+-([A-Za-z0-9_-]+):scan\./;

/**
 * The scan that a workflow's spans are about, also for a workflow that delivers an event of the scan to a webhook; null for a
 * workflow about something else.
 */
export function scanIdOfSpan(workflowId: string): string | null {
  return scanIdOfWorkflow(workflowId) ?? DELIVERY.exec(workflowId)?.[1] ?? null;
}
