/** Scans are found in Temporal by how they ended. */

import { dailyScanWorkflowId } from '@reddyfit/shared/ids';
import { SEARCH_ATTRIBUTES } from '@reddyfit/shared/search-attributes';
import { expect, vi } from 'vitest';
import { photosWith } from './photos.ts';
import { it } from './world.ts';

it.for([
  ['completed', undefined, true],
  ['rejected', 'black', false],
] as const)(
  'a %s scan is found by its outcome, the version that began it and whether it was simulated',
  async ([status, spoiled, simulated], { world }) => {
    const photos = spoiled && (await photosWith(spoiled, 'left'));
    const { scanId, seen } = await world.submitScan(await world.newUser(), photos ? { photos } : {});
    expect((await seen.ended).status).toBe(status);
    await world.workflowResult(scanId);
    const { temporal } = world.servers;
    const workflowId = dailyScanWorkflowId(scanId);
    const query = `ScanOutcome = "${status}" AND Simulated = ${simulated} AND WorkflowId = "${workflowId}"`;
    const found = await vi.waitFor(async () => {
      for await (const run of temporal.workflow.list({ query })) return run;
      throw new Error('not listed yet');
    }, 30_000);
    expect(found.typedSearchAttributes.get(SEARCH_ATTRIBUTES.appVersion)).toMatch(/^\d+\.\d+\.\d+$/);
    expect(found.memo).toMatchObject({ scanId });
  },
);
