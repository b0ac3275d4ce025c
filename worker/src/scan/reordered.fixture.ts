/**
 * Workflow interceptors that break determinism on purpose: the estimation is scheduled after the activities that should
 * follow it.
 */

import type { WorkflowInterceptors } from '@temporalio/workflow';

export const interceptors = (): WorkflowInterceptors => ({
  outbound: [
    {
      async scheduleActivity(input, next) {
        // Waits a few turns of the event loop, so that it comes after the activities that are scheduled in the same
        // turn.
        if (input.activityType === 'estimation') for (let turn = 0; turn < 20; turn++) await undefined;
        return next(input);
      },
    },
  ],
});
