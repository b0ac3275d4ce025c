/** Scans are found in Temporal by how they ended. */

import { dailyScanWorkflowId } from '@reddyfit/shared/names/ids';
import { SEARCH_ATTRIBUTES } from '@reddyfit/shared/temporal/search-attributes';
import { expect, vi } from 'vitest';
import { photosWith } from './photos.ts';
import { it, type World } from './world.ts';

/** The workflow of a scan, once `query` finds it. */
async function found({ servers: { temporal } }: World, scanId: string, query: string) {
  const one = `${query} AND WorkflowId = "${dailyScanWorkflowId(scanId)}"`;
  return vi.waitFor(async () => {
    for await (const run of temporal.workflow.list({ query: one })) return run;
    throw new Error('not listed yet');
  }, 30_000);
}

it('a scan is found by its outcome, the version that began it and whether a stand-in answered', async ({
  world,
}) => {
  const { scanId, seen } = await world.submitScan(await world.newUser());
  expect((await seen.ended).status).toBe('completed');
  const { typedSearchAttributes, memo } = await found(
    world,
    scanId,
    'ScanOutcome = "completed" AND Simulated = true',
  );
  expect(typedSearchAttributes.get(SEARCH_ATTRIBUTES.appVersion)).toMatch(/^\d+\.\d+\.\d+$/);
  expect(memo).toEqual({ scanId, requestedAt: expect.stringMatching(/^\d{4}-.*Z$/) });
});

it('a scan that was rejected is found as such', async ({ world }) => {
  const photos = await photosWith('black', 'left');
  const { scanId, seen } = await world.submitScan(await world.newUser(), { photos });
  expect((await seen.ended).status).toBe('rejected');
  await found(world, scanId, 'ScanOutcome = "rejected"');
});
