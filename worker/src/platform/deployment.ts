/** Worker versioning: the version under which this worker takes workflows, and how the next version takes over. */

import { setTimeout as wait } from 'node:timers/promises';
import type { WorkerDeploymentVersion } from '@temporalio/common';
import type { NativeConnection, WorkerOptions } from '@temporalio/worker';

/** Values of Temporal's VersionDrainageStatus. */
const DRAINING = 1;
const DRAINED = 2;

/** Time between two checks of how far a version has drained (ms). The server itself checks every few minutes. */
const LOOK_EVERY_MS = 1000;

/** Options that keep a workflow on the build that began it. Without a version the worker takes unversioned workflows. */
export function versionedBy(
  version: WorkerDeploymentVersion | undefined,
): Pick<WorkerOptions, 'workerDeploymentOptions'> {
  if (!version) return {};
  return {
    workerDeploymentOptions: { useWorkerVersioning: true, version, defaultVersioningBehavior: 'PINNED' },
  };
}

/**
 * The same options for workflows that the next build may go on with: those that wait for hours, and those that a schedule starts.
 */
export function upgrading(options: WorkerOptions): WorkerOptions {
  const { workerDeploymentOptions: pinned } = options;
  if (!pinned?.useWorkerVersioning) return options;
  return { ...options, workerDeploymentOptions: { ...pinned, defaultVersioningBehavior: 'AUTO_UPGRADE' } };
}

export interface DeploymentOptions {
  namespace: string;
  deploymentName: string;
  /** Aborting it ends the waiting. */
  signal: AbortSignal;
}

/**
 * Makes a build current: new workflows start on it, and pinned workflows stay on their build. Waits until workers of
 * the build poll. Resolves with the build that was current before, or null. A second call changes nothing.
 */
export async function makeCurrent(
  { workflowService }: NativeConnection,
  { namespace, deploymentName, signal }: DeploymentOptions,
  buildId: string,
): Promise<string | null> {
  for (;;) {
    try {
      const { previousDeploymentVersion } = await workflowService.setWorkerDeploymentCurrentVersion({
        namespace,
        deploymentName,
        buildId,
        identity: 'promote',
      });
      return previousDeploymentVersion?.buildId || null;
    } catch (error) {
      if (!isNotYet(error)) throw error;
      await wait(LOOK_EVERY_MS, undefined, { signal });
    }
  }
}

/**
 * Resolves when no other build of the deployment has open workflows; `before` is the build that was current until now.
 * `onDraining` is called with the builds that still have some.
 */
export async function untilDrained(
  { workflowService }: NativeConnection,
  { namespace, deploymentName, signal }: DeploymentOptions,
  before: string | null,
  onDraining: (buildIds: string[]) => void,
): Promise<void> {
  for (;;) {
    const { workerDeploymentInfo } = await workflowService.describeWorkerDeployment({
      namespace,
      deploymentName,
    });
    const draining = (workerDeploymentInfo?.versionSummaries ?? [])
      .map(({ deploymentVersion, drainageStatus }) => ({
        buildId: deploymentVersion?.buildId ?? '',
        drainageStatus,
      }))
      .filter(
        ({ buildId, drainageStatus }) =>
          drainageStatus === DRAINING || (buildId === before && drainageStatus !== DRAINED),
      )
      .map(({ buildId }) => buildId);
    if (draining.length === 0) return;
    onDraining(draining);
    await wait(LOOK_EVERY_MS, undefined, { signal });
  }
}

/** NOT_FOUND and FAILED_PRECONDITION: no worker of the build polls yet, or not on every task queue. */
function isNotYet(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === 5 || code === 9;
}
