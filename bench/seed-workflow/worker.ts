/** A worker of the seed's workflow. */

import { NativeConnection, Worker } from '@temporalio/worker';
import { z } from 'zod';
import * as activities from './activities.ts';

const env = z
  .object({
    TEMPORAL_ADDRESS: z.string(),
    TASK_QUEUE: z.string(),
    /** Bundled beforehand, as the product's image does it: to bundle takes seconds of each start. */
    WORKFLOW_BUNDLE: z.string(),
    /** How long the server waits for the worker that knows a workflow before it asks another one. */
    STICKY: z.enum(['10s', '1s']),
  })
  .parse(process.env);

const worker = await Worker.create({
  connection: await NativeConnection.connect({ address: env.TEMPORAL_ADDRESS }),
  taskQueue: env.TASK_QUEUE,
  workflowBundle: { codePath: env.WORKFLOW_BUNDLE },
  activities,
  stickyQueueScheduleToStartTimeout: env.STICKY,
});
console.log('ready');
await worker.run();
