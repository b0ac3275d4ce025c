/** Workflow interceptors that break determinism on purpose: estimation is scheduled after what the workflow asks for next. */

import type { WorkflowInterceptors } from '@temporalio/workflow';

export const interceptors = (): WorkflowInterceptors => ({
  outbound: [
    {
      async scheduleActivity(input, next) {
        // A few turns later, and so behind the activities that are scheduled in the same turn.
        if (input.activityType === 'estimation') for (let turn = 0; turn < 5; turn++) await undefined;
        return next(input);
      },
    },
  ],
});
