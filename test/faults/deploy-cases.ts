/** A new build of the worker while scans are under way, and the return to the old build. */

import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pLimit from 'p-limit';
import { DEFAULT_TASK_QUEUE, dailyScanWorkflowId } from '@reddyfit/shared/names/ids';
import { expect, inject } from 'vitest';
import { plainHistory } from '../../fixtures/histories/plain-history.ts';
import { repositoryRoot } from '../../repository.ts';
import { PATCH } from '../../worker/src/scan/patched.fixture.ts';
import type { SubmittedScan, World } from '../e2e/world.ts';
import { type Fleet, openFleet } from './fleet.ts';
import { whileDown } from './parts.ts';
import { patchesIn } from './patches.ts';
import { it as inWorld } from './world.ts';

const IN_FLIGHT = 20;

/** A fleet on the stack's own queue, on which the functions start scans. */
const it = inWorld.extend('production', async ({ stack }, { onCleanup }) => {
  const fleet = await openFleet(stack, DEFAULT_TASK_QUEUE);
  onCleanup(() => fleet.close());
  return fleet;
});

const run = promisify(execFile);
const workerFile = (path: string) => join(repositoryRoot, 'worker', path);

/** A workflow bundle of another build: today's code with these interceptors. */
async function bundleWith(interceptors: string): Promise<string> {
  const path = join(inject('instanceDir'), `workflows-${interceptors}.js`);
  const module = workerFile(`src/scan/${interceptors}.fixture.ts`);
  await run(process.execPath, [workerFile('bundle-workflows.ts'), path, module]);
  return path;
}

/** Submits scans with slow estimations, each by a user of its own. Resolves when all these estimations are under way. */
async function inFlight(world: World, count: number, model: Fleet['model']): Promise<SubmittedScan[]> {
  await model.fault({ step: 'estimation', kind: 'slow', afterSeconds: 12, times: count });
  const users = await pLimit(5).map(Array.from({ length: count }), () => world.newUser());
  const prepared = await pLimit(5).map(users, (user) => world.prepareScan(user));
  await Promise.all(prepared.map(({ submit }) => submit()));
  await model.untilStruck();
  return prepared;
}

async function expectCompleted(world: World, scans: readonly SubmittedScan[]): Promise<void> {
  await pLimit(5).map(scans, async ({ scanId }) => {
    expect(await world.untilTerminal(scanId)).toMatchObject({ status: 'completed', warnings: [] });
    await world.expectInvariants(scanId);
  });
}

it('pinned: scans end under the build that began them, whatever the next one changed, and so they do after the way back', async ({
  world,
  production,
}) => {
  const { stack, temporal } = world.servers;
  const deployment = `scans-${randomUUID()}`;
  const reordered = bundleWith('reordered');
  const build = (id: string) => ({ WORKER_DEPLOYMENT_NAME: deployment, WORKER_BUILD_ID: id });
  const env = { ...process.env, TEMPORAL_ADDRESS: stack.temporal };
  const promote = (id: string) =>
    run(
      process.execPath,
      [join(repositoryRoot, 'ops/promote.ts'), `--deployment=${deployment}`, `--build-id=${id}`],
      { env },
    );
  const buildOf = async ({ scanId }: SubmittedScan) => {
    const { raw } = await temporal.workflow.getHandle(dailyScanWorkflowId(scanId)).describe();
    return raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId;
  };
  const builds = async (scans: readonly SubmittedScan[]) => [
    ...new Set(await Promise.all(scans.map(buildOf))),
  ];

  const one = await production.start(build('1'));
  // The second build has a change on which no history of the first build can be replayed.
  const two = await production.start({ ...build('2'), WORKFLOW_BUNDLE_PATH: await reordered });
  one.go();
  await promote('1');
  try {
    const begunUnderOne = await inFlight(world, IN_FLIGHT, production.model);
    two.go();
    await promote('2');
    const begunUnderTwo = await inFlight(world, 3, production.model);
    await promote('1');
    const afterTheWayBack = await inFlight(world, 3, production.model);

    await expectCompleted(world, [...begunUnderOne, ...begunUnderTwo, ...afterTheWayBack]);
    expect(await builds(begunUnderOne)).toEqual(['1']);
    expect(await builds(begunUnderTwo)).toEqual(['2']);
    expect(await builds(afterTheWayBack)).toEqual(['1']);
  } finally {
    // The stack's own worker has no version; without a current version it gets all new workflows.
    await temporal.workflowService.setWorkerDeploymentCurrentVersion({
      namespace: stack.temporalNamespace,
      deploymentName: deployment,
      buildId: '',
      identity: 'test',
      ignoreMissingTaskQueues: true,
    });
  }
});

it('patched: scans that an older build began go on under the new one, and go back', async ({
  world,
  everyonesModel,
  production,
}) => {
  const { stack, temporal } = world.servers;
  const tookThePatch = async ({ scanId }: SubmittedScan) => {
    const workflowId = dailyScanWorkflowId(scanId);
    const history = await temporal.workflow.getHandle(workflowId).fetchHistory();
    return patchesIn(await plainHistory(workflowId, history)).includes(PATCH);
  };
  const patched = await production.start({ WORKFLOW_BUNDLE_PATH: await bundleWith('patched') });
  const older = await inFlight(world, IN_FLIGHT, everyonesModel);
  await whileDown({ instanceDir: inject('instanceDir'), stack }, 'worker', 'SIGTERM', async () => {
    patched.go();
    await expectCompleted(world, older);
    expect(await Promise.all(older.map(tookThePatch))).not.toContain(true);

    const newer = await inFlight(world, 3, production.model);
    await expectCompleted(world, newer);
    expect(await Promise.all(newer.map(tookThePatch))).not.toContain(false);
  });
});
