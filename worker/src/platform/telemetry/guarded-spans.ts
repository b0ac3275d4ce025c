/** Removes from a span what may not leave the process, and adds the id of the scan that the span is about. */

import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { SCAN_ID_ATTRIBUTE, scanIdOfSpan } from '@reddyfit/shared/temporal/traces';
import { activeScanId } from './active-scan.ts';

/** Attributes that may leave the process: names of operations, ids and counts. */
const KEPT = /^(gen_ai\.|messaging\.|http\.|server\.|rpc\.|reddyfit\.|error\.type$|temporal\.)/;

/**
 * Wraps `processor` so that it gets spans without private data. Temporal's interceptors put the messages of errors and
 * all info of a workflow on a span, and a workflow's id may contain a user's id. Of the workflow only the ids of the
 * workflow and the run stay, the workflow's only if it names a scan; of an error only its type stays.
 */
export function guardedSpans(processor: SpanProcessor): SpanProcessor {
  return {
    onStart(span, parent) {
      const scanId = activeScanId();
      if (scanId !== null) span.setAttribute(SCAN_ID_ATTRIBUTE, scanId);
      processor.onStart(span, parent);
    },
    onEnd: (span) => processor.onEnd(guarded(span)),
    forceFlush: () => processor.forceFlush(),
    shutdown: () => processor.shutdown(),
  };
}

function guarded(span: ReadableSpan): ReadableSpan {
  const { code } = span.status;
  const exception = span.events.find(({ name }) => name === 'exception');
  const type = exception?.attributes?.['exception.type'];
  const attributes = {
    ...attributesOf(span.attributes),
    ...(type !== undefined && !('error.type' in span.attributes) && { 'error.type': type }),
  };
  // An object that inherits from the span, so that the span's accessors still work.
  return Object.create(span, {
    attributes: { value: attributes, enumerable: true },
    status: { value: { code }, enumerable: true },
    events: { value: [], enumerable: true },
    spanContext: { value: () => span.spanContext() },
  }) as ReadableSpan;
}

/**
 * Keeps the allowed attributes. An activity's span has `temporalWorkflowId` and `run_id`; a workflow's span has all of
 * the workflow's info.
 */
function attributesOf(all: Attributes): Attributes {
  const kept = Object.fromEntries(Object.entries(all).filter(([name]) => KEPT.test(name)));
  const workflowId = all['temporalWorkflowId'] ?? all['workflowId'];
  const runId = all['run_id'] ?? all['runId'];
  if (typeof workflowId !== 'string') return kept;
  const scanId = scanIdOfSpan(workflowId);
  return {
    ...kept,
    ...(typeof runId === 'string' && { 'temporal.run.id': runId }),
    ...(scanId !== null && { 'temporal.workflow.id': workflowId, [SCAN_ID_ATTRIBUTE]: scanId }),
  };
}
