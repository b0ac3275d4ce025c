/**
 * Workflow interceptors that continue a trace: spans for the run and for each activity, which the activity continues.
 *
 * Only of a workflow whose start carries a trace. That stands in its history, so a replay decides the same; one that began without
 * runs as if this file were not there, and does not load OpenTelemetry, which takes every workflow's context a while.
 */

import type * as Otel from '@temporalio/interceptors-opentelemetry-v2/lib/workflow/index.js';
import { TEMPORAL_TRACE_HEADER } from '@reddyfit/shared/temporal/traces';
import type { WorkflowInterceptors } from '@temporalio/workflow';

/** For one workflow; what it does not name is passed through. */
export const interceptors = (): WorkflowInterceptors => {
  let outbound: Otel.OpenTelemetryOutboundInterceptor | undefined;
  return {
    inbound: [
      {
        execute(input, next) {
          if (!(TEMPORAL_TRACE_HEADER in input.headers)) return next(input);
          const otel: typeof Otel = require('@temporalio/interceptors-opentelemetry-v2/lib/workflow/index.js');
          outbound = new otel.OpenTelemetryOutboundInterceptor();
          return new otel.OpenTelemetryInboundInterceptor().execute(input, next);
        },
      },
    ],
    outbound: [
      {
        scheduleActivity: (input, next) => (outbound ? outbound.scheduleActivity(input, next) : next(input)),
        startChildWorkflowExecution: (input, next) =>
          outbound ? outbound.startChildWorkflowExecution(input, next) : next(input),
        continueAsNew: (input, next) => (outbound ? outbound.continueAsNew(input, next) : next(input)),
      },
    ],
  };
};
