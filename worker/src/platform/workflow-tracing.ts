/**
 * Workflow interceptors that continue a trace: spans for the run and for each activity, which the activity continues.
 *
 * They act only on a workflow whose start carries a trace header. The header is in the workflow's history, so a replay
 * decides the same. A workflow without the header runs as if this file did not exist, and does not load OpenTelemetry,
 * which costs every workflow context some time.
 */

import type * as Otel from '@temporalio/interceptors-opentelemetry-v2/lib/workflow/index.js';
import { TEMPORAL_TRACE_HEADER } from '@reddyfit/shared/temporal/traces';
import type { WorkflowInterceptors } from '@temporalio/workflow';

/** The interceptors of one workflow. Calls that are not listed here pass through. */
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
