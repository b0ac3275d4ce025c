/** Looks at the queue of the steps, so that admission can say how long a scan will wait. A look never fails and never takes long. */

import { paths } from '@reddyfit/shared/names/paths';
import { isTerminal, type ScanStatus } from '@reddyfit/shared/scan/statuses';
import { within } from '@reddyfit/shared/within';
import type { WorkflowService } from '@temporalio/client';
import { type Firestore, Timestamp } from 'firebase-admin/firestore';
import { logs } from '../../platform/logs.ts';
import type { TemporalClient } from '../../platform/temporal-client.ts';
import { backlogCounter, type Build, LEFT_ALONE_MS } from './queue-backlog.ts';
import { paceOf, type QueueLook, waitSeconds } from './queue-wait.ts';

/** How long admission waits for a look (ms): what it reads beside it takes as long. */
const PATIENCE_MS = 250;

/** How long a look is not repeated (ms), and after which time it no longer counts. */
const FRESH_MS = 2000;
const OLD_MS = 10_000;

/** Temporal counts a queue anew after this time (ms), so what was started since then may not be in its figure. */
const COUNTED_ANEW_MS = 5000;

/** How long Temporal and Firestore may each take to answer (ms); admission does not wait for that. */
const DEADLINE_MS = 5000;

/** Workers tell of their slots once a minute. One that has told nothing for two is gone. */
const WORKERS_FRESH_MS = 60_000;
const SILENT_SECONDS = 130;

/** The most waiting scans whose users are looked up: it bounds what a look costs. */
const MOST_WAITING = 500;

/** Temporal's WorkerStatus of workers that take no more tasks: shutting down, shut down. */
const LEAVING: ReadonlySet<unknown> = new Set([2, 3]);

/** gRPC's code of a connection that does not reach its server. */
const UNAVAILABLE = 14;

/** A scan is expected to begin within this time of its admission (ms) or has long been ended. */
const LONGEST_WAIT_MS = 3_600_000;

/** What the workers tell of themselves. */
interface Told {
  /** Null where one has no fixed number of slots, or the server knows of no workers. */
  readonly slots: QueueLook['slots'];
  /** The builds that they name. */
  readonly builds: readonly Build[];
}

const tooLate = (): never => {
  throw new DOMException('no answer in time', 'TimeoutError');
};

export interface ScanQueue {
  /** Looks at the queue, unless it was just looked at. Resolves within a quarter of a second, whatever Temporal does. */
  look(): Promise<void>;
  /**
   * How long this scan would wait (s), as `waitSeconds` says; null where the last look is too old. From then on the scan is one of
   * those that others are behind: scans that are admitted at once see each other.
   */
  join(scanId: string, userId: string): number | null;
  /** Takes a scan out again that was not admitted. */
  leave(scanId: string): void;
  /** How many scans are kept that others are behind since they were started of late. */
  joined(): number;
}

/** The queue in which steps wait for a worker, as this process sees it. */
export function scanQueue(
  db: Firestore,
  temporal: TemporalClient,
  { namespace, taskQueue }: { namespace: string; taskQueue: string },
): ScanQueue {
  const joined = new Map<string, { userId: string; at: number }>();
  let looked: { at: number; look: Omit<QueueLook, 'started'> } | null = null;
  let looking: Promise<void> | null = null;
  let notBefore = 0;
  let workers: (Told & { until: number }) | null = null;
  let pacePerSlot: number | null = null;
  const countBacklog = backlogCounter(ask, { namespace, taskQueue });

  /**
   * Asks Temporal. An answer that refuses, for its rate or for want of a permission, leaves the connection alone, by which admission
   * starts scans; so does one that is late: the client repeats a request that exceeds the rate until its deadline.
   */
  async function ask<Answer>(request: (service: WorkflowService) => Promise<Answer>): Promise<Answer> {
    const answered = await temporal.use(DEADLINE_MS, async ({ workflowService }) => {
      try {
        return { answer: await request(workflowService) };
      } catch (error) {
        const { code } = error as { code?: unknown };
        if (typeof code !== 'number' || code === UNAVAILABLE) throw error;
        return { error };
      }
    });
    if ('error' in answered) throw answered.error;
    return answered.answer;
  }

  async function askWorkers(): Promise<Told> {
    if (workers && Date.now() < workers.until) return workers;
    const query = `TaskQueue = '${taskQueue}'`;
    // Not every server keeps a list of workers.
    const answer = await ask((service) => service.listWorkers({ namespace, pageSize: 1000, query })).catch(
      () => null,
    );
    const told = (answer?.workersInfo ?? []).flatMap(({ workerHeartbeat: worker }) => {
      const isThere = Number(worker?.elapsedSinceLastHeartbeat?.seconds ?? 0) < SILENT_SECONDS;
      const isCounted = isThere && !LEAVING.has(worker?.status) && worker?.taskQueue === taskQueue;
      return isCounted ? [worker] : [];
    });
    const isFixed =
      told.length > 0 && told.every((each) => each.activityTaskSlotsInfo?.slotSupplierKind === 'Fixed');
    const sum = (part: 'currentAvailableSlots' | 'currentUsedSlots') =>
      told.reduce((total, each) => total + Number(each.activityTaskSlotsInfo?.[part] ?? 0), 0);
    const free = sum('currentAvailableSlots');
    const known = isFixed ? { all: free + sum('currentUsedSlots'), free } : null;
    const builds = told.flatMap((each) =>
      each.deploymentVersion?.deploymentName ? [each.deploymentVersion] : [],
    );
    workers = { until: Date.now() + (known ? WORKERS_FRESH_MS : LEFT_ALONE_MS), slots: known, builds };
    return workers;
  }

  /** Whose scans have said that they wait, and have not begun. */
  async function waiting(): Promise<ReadonlyMap<string, string>> {
    const since = Timestamp.fromMillis(Date.now() - LONGEST_WAIT_MS);
    const found = await db
      .collection(paths.scans())
      .where('busy.startsAt', '>', since)
      .select('userId', 'status')
      .limit(MOST_WAITING)
      .get();
    // A worker of an earlier build leaves the field on a scan that has ended.
    const open = found.docs.filter((scan) => !isTerminal(scan.get('status') as ScanStatus));
    return new Map(open.map((scan) => [scan.id, String(scan.get('userId'))]));
  }

  async function lookAnew(): Promise<void> {
    try {
      const at = Date.now();
      const told = askWorkers();
      const [{ leftOut, ...counted }, { slots }] = await Promise.all([
        countBacklog(told.then(({ builds }) => builds)),
        told,
      ]);
      pacePerSlot = paceOf({ ...counted, slots }) ?? pacePerSlot;
      // Scans whose tasks were left out say that they wait, too, and nobody knows which they are: the tasks that count then stand for
      // all who wait. A tenth may be the time between two answers. A quiet queue costs Firestore nothing.
      const asksWhose = counted.backlog > 0 && leftOut <= counted.backlog / 10;
      const users = asksWhose ? await within(waiting(), DEADLINE_MS, tooLate) : new Map<string, string>();
      looked = { at, look: { ...counted, slots, pacePerSlot, waiting: users } };
    } catch (error) {
      notBefore = Date.now() + LEFT_ALONE_MS;
      logs.queueNotSeen(error);
    } finally {
      looking = null;
    }
  }

  return {
    async look() {
      const now = Date.now();
      if (now >= notBefore && (!looked || now - looked.at >= FRESH_MS)) looking ??= lookAnew();
      if (looking) await within(looking, PATIENCE_MS, tooLate).catch(() => undefined);
    },
    join(scanId, userId) {
      const now = Date.now();
      // No look that counts can be older, so nothing that was counted before is kept while Temporal is away.
      const counted = Math.max(looked?.at ?? 0, now - OLD_MS) - COUNTED_ANEW_MS;
      for (const [id, { at }] of joined) if (at < counted) joined.delete(id);
      const { at } = joined.get(scanId) ?? { at: now };
      joined.set(scanId, { userId, at });
      if (!looked || now - looked.at >= OLD_MS) return null;
      const others = [...joined].filter(([id]) => id !== scanId);
      const started = new Map(others.map(([id, scan]) => [id, scan.userId]));
      return waitSeconds({ ...looked.look, started }, userId);
    },
    leave: (scanId) => void joined.delete(scanId),
    joined: () => joined.size,
  };
}
