/** Workflow interceptors that add one patched timer to every workflow, as a change of the workflows' code would. */

import { patched, sleep, type WorkflowInterceptors } from '@temporalio/workflow';

/** The patch's id, which is in the histories of workflows that began with the patch. */
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
