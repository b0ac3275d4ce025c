/** Workflow interceptors that change every workflow as a change of its code would be made: with one more timer, patched. */

import { patched, sleep, type WorkflowInterceptors } from '@temporalio/workflow';

/** The patch's id, which the histories of workflows that began with it hold. */
export const PATCH = 'one-more-timer';

export const interceptors = (): WorkflowInterceptors => ({
  inbound: [
    {
      async execute(input, next) {
        if (patched(PATCH)) await sleep('100ms');
        return next(input);
      },
    },
  ],
});
