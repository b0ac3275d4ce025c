/** Lets through of a span what is known to be harmless, and adds the scan that it is about. */

import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { SCAN_ID_ATTRIBUTE, scanIdOfSpan } from '@reddyfit/shared/temporal/traces';
import { activeScanId } from './active-scan.ts';

/** Attributes that may leave: names of operations, ids and counts. */
const KEPT = /^(gen_ai\.|messaging\.|http\.|server\.|rpc\.|reddyfit\.|error\.type$|temporal\.)/;

/**
 * `processor`, with spans as they may be seen. Temporal's interceptors put the texts of errors and all that is known of a
 * workflow on a span, and a workflow's id may name a user: of those only the names of workflow, run and activity stay, and of an
 * error its type.
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
  // A view: the span keeps its prototype's accessors.
  return Object.create(span, {
    attributes: { value: attributes, enumerable: true },
    status: { value: { code }, enumerable: true },
    events: { value: [], enumerable: true },
    spanContext: { value: () => span.spanContext() },
  }) as ReadableSpan;
}

/** From an activity's span `temporalWorkflowId` and `run_id`; from a workflow's, all of its info. */
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
