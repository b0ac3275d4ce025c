/** Counts what waits in the queue of the steps, for the builds of the worker that somebody takes tasks of. */

import type { WorkflowService } from '@temporalio/client';
import { logs } from '../../platform/logs.ts';
import type { QueueLook } from './queue-wait.ts';

type Figures = Pick<QueueLook, 'backlog' | 'backlogAgeSeconds' | 'dispatchedPerSecond'>;

/** What counts, and how many tasks were left out since nobody takes them. */
export interface Counted extends Figures {
  readonly leftOut: number;
}

/** Asks Temporal as `request` does. Rejects when it is away or refuses. */
export type Ask = <Answer>(request: (service: WorkflowService) => Promise<Answer>) => Promise<Answer>;

/** Temporal's TaskQueueType of activities, and its WorkerVersioningMode of workers that name their build. */
const ACTIVITIES = 2;
const VERSIONED = 2;

/**
 * A poll takes a minute at most, so a poller that has been silent for this long (ms) is gone, although Temporal remembers it for five
 * minutes, or all its slots are taken: of the latter its heartbeats tell.
 */
const SILENT_MS = 90_000;

/** How long a question that Temporal has refused is not asked again (ms). */
export const LEFT_ALONE_MS = 10_000;

/** A build of the worker, as Temporal names it. */
export interface Build {
  deploymentName?: string | null;
  buildId?: string | null;
}
interface Stats {
  approximateBacklogCount?: { toString(): string } | null;
  approximateBacklogAge?: { seconds?: unknown; nanos?: number | null } | null;
  tasksDispatchRate?: number | null;
}

/**
 * Makes what counts the queue's tasks. Temporal adds those of all builds up. Once a current build is set and every worker names its
 * build, only those of builds count that workers poll for or tell of, that are current, or that are being brought in: what is
 * pinned to a build whose workers are gone is in nobody's way. Where Temporal does not tell them apart, all count; where it
 * refuses to, it is asked again after `LEFT_ALONE_MS`. `told`: the builds of workers of which heartbeats tell; it does not reject.
 */
export function backlogCounter(
  ask: Ask,
  queue: { namespace: string; taskQueue: string },
): (told: Promise<readonly Build[]>) => Promise<Counted> {
  let notBefore = 0;
  return async (told) => {
    const { all, builds } = await countAll(ask, queue, told);
    if (builds.length === 0 || Date.now() < notBefore) return { ...all, leftOut: 0 };
    try {
      const each = await Promise.all(builds.map((build) => statsOf(ask, queue, build)));
      const counted = each.map(countedOf);
      const backlog = counted.reduce((sum, build) => sum + build.backlog, 0);
      return {
        backlog,
        leftOut: Math.max(0, all.backlog - backlog),
        backlogAgeSeconds: Math.max(...counted.map(({ backlogAgeSeconds }) => backlogAgeSeconds)),
        dispatchedPerSecond: all.dispatchedPerSecond,
      };
    } catch (error) {
      notBefore = Date.now() + LEFT_ALONE_MS;
      logs.queueNotSeen(error);
      return { ...all, leftOut: 0 };
    }
  };
}

/** The figures of all tasks, and the builds whose tasks alone count; none where all count. */
async function countAll(
  ask: Ask,
  { namespace, taskQueue }: { namespace: string; taskQueue: string },
  told: Promise<readonly Build[]>,
): Promise<{ all: Figures; builds: readonly Build[] }> {
  const { stats, pollers, versioningInfo } = await ask((service) =>
    service.describeTaskQueue({
      namespace,
      taskQueue: { name: taskQueue },
      taskQueueType: ACTIVITIES,
      reportStats: true,
    }),
  );
  const all = countedOf(stats);
  const current = versioningInfo?.currentDeploymentVersion;
  if (all.backlog === 0 || !current) return { all, builds: [] };
  const seen = (pollers ?? []).filter(
    ({ lastAccessTime }) => Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1000 < SILENT_MS,
  );
  // Tasks without a build are in no build's figure.
  if (seen.some(({ deploymentOptions }) => deploymentOptions?.workerVersioningMode !== VERSIONED))
    return { all, builds: [] };
  const named = [
    current,
    versioningInfo.rampingDeploymentVersion,
    ...seen.map((each) => each.deploymentOptions),
    ...(await told),
  ];
  const builds = new Map(
    named.flatMap((build) => (build ? [[`${build.deploymentName}.${build.buildId}`, build]] : [])),
  );
  return { all, builds: [...builds.values()] };
}

/** The figures of one build in the queue; undefined when no worker of it has ever polled there. */
async function statsOf(
  ask: Ask,
  { namespace, taskQueue }: { namespace: string; taskQueue: string },
  { deploymentName, buildId }: Build,
): Promise<Stats | null | undefined> {
  const { versionTaskQueues } = await ask((service) =>
    service.describeWorkerDeploymentVersion({
      namespace,
      deploymentVersion: { deploymentName: deploymentName ?? '', buildId: buildId ?? '' },
      reportTaskQueueStats: true,
    }),
  );
  return versionTaskQueues?.find(({ name, type }) => name === taskQueue && type === ACTIVITIES)?.stats;
}

function countedOf(stats: Stats | null | undefined): Figures {
  const { seconds, nanos } = stats?.approximateBacklogAge ?? {};
  return {
    backlog: Math.max(0, Number(stats?.approximateBacklogCount ?? 0)),
    backlogAgeSeconds: Number(seconds ?? 0) + Number(nanos ?? 0) / 1e9,
    dispatchedPerSecond: stats?.tasksDispatchRate ?? 0,
  };
}
