/** Estimates how long a newly admitted scan waits until its first steps begin. Pure. */

import { STEPS } from '@reddyfit/shared/scan/steps';

/** What is known of the queue of the steps at one moment. */
export interface QueueLook {
  /** Tasks that wait, and how long the oldest of them has waited (s). */
  readonly backlog: number;
  readonly backlogAgeSeconds: number;
  /** Tasks that were given to workers, a second, over the last 30 s. */
  readonly dispatchedPerSecond: number;
  /** Tasks that the workers take at once, and how many more they could take; null where they do not tell. */
  readonly slots: { readonly all: number; readonly free: number } | null;
  /** Tasks a second and slot when the queue was last seen full for long enough; null before. */
  readonly pacePerSlot: number | null;
  /** Whose scans wait: by scan id, the user. Empty while that is not known: each task counts as if it were of somebody else. */
  readonly waiting: ReadonlyMap<string, string>;
  /** Scans that were started since `backlog` was counted, likewise. */
  readonly started: ReadonlyMap<string, string>;
}

/** Steps that wait in the queue, and how many of them a scan asks for at once when it starts. */
const QUEUED = STEPS.filter(({ asksModel }) => asksModel);
const FIRST = QUEUED.filter(({ needs }) => needs.length === 0).length;

/** Tasks of a whole scan for each of its first tasks: scans that are before a new one also take their later steps before it. */
const WHOLE = QUEUED.length / FIRST;

/**
 * How much longer than behind those that came before a scan waits since users take turns task by task: those who come after it have
 * their first task before its last one. In a trial (15 users at once on six slots, then one with 20 scans, then ten more users) 1.0 to
 * 1.8 for those ten.
 */
const TURNS = 2;

/** How long a task takes in the mean where nothing was measured (s). */
export const NOMINAL_TASK_SECONDS =
  QUEUED.reduce((sum, { nominalSeconds }) => sum + nominalSeconds, 0) / QUEUED.length;

/** Temporal's rate is that of the last 30 s: it tells how fast a queue empties that was never empty in this time. */
export const RATE_SECONDS = 30;

/**
 * How long (s) a scan of this user would wait until its first steps have begun; 0 where nothing is in its way, null where too
 * little is known. Users take turns, so of another user's scans only as many count as the user's own turns: a user with fifty
 * waiting scans delays others as one with a single scan does.
 */
export function waitSeconds(look: QueueLook, userId: string): number | null {
  const { backlog, slots, waiting, started } = look;
  // In a queue that was empty, what has been started since takes the free slots first.
  const free = backlog > 0 ? 0 : (slots?.free ?? Infinity);
  const scans = new Map<string, number>();
  for (const user of new Map([...waiting, ...started]).values()) scans.set(user, (scans.get(user) ?? 0) + 1);
  const own = scans.get(userId) ?? 0;
  const turns = [...scans].map(([user, count]) => (user === userId ? count : Math.min(count, own + 1)));
  const known = FIRST * turns.reduce((sum, each) => sum + each, 0);
  // Tasks of scans that nobody knows of count as if each were of somebody else.
  const ahead = known + Math.max(0, backlog - FIRST * waiting.size) - free;
  if (ahead <= 0) return 0;
  const rate = tasksPerSecond(look);
  return rate === null ? null : (ahead * WHOLE * TURNS) / rate;
}

/**
 * How many tasks a second the workers take while the queue is full. A queue that has just filled shows the rate at which tasks came
 * or slots were taken, so the pace of the last full queue counts then, or the steps' nominal times. So it does where slots are free
 * although tasks wait: these are tasks that no worker was there for, or that are left of another build. Null where nothing moves
 * and no worker tells of slots: how long workers are away, nobody knows.
 */
function tasksPerSecond({
  backlogAgeSeconds,
  dispatchedPerSecond,
  slots,
  pacePerSlot,
}: QueueLook): number | null {
  const capacity = slots && slots.all > 0 ? slots.all * (pacePerSlot ?? 1 / NOMINAL_TASK_SECONDS) : null;
  if (backlogAgeSeconds >= RATE_SECONDS) {
    if (isMoving(dispatchedPerSecond) && !(slots && hasFree(slots))) return dispatchedPerSecond;
    return capacity === null ? null : Math.max(dispatchedPerSecond, capacity);
  }
  if (capacity !== null) return capacity;
  if (dispatchedPerSecond === 0) return null;
  // The tasks that filled the slots are among those of the last 30 s, and will be there for longer than that.
  return (dispatchedPerSecond * RATE_SECONDS) / NOMINAL_TASK_SECONDS;
}

/** The pace of each slot (tasks a second) that a full queue shows; null for a queue that does not show it. */
export function paceOf({
  backlogAgeSeconds,
  dispatchedPerSecond,
  slots,
}: Pick<QueueLook, 'backlogAgeSeconds' | 'dispatchedPerSecond' | 'slots'>): number | null {
  if (!slots || slots.all === 0 || hasFree(slots)) return null;
  if (backlogAgeSeconds < RATE_SECONDS || !isMoving(dispatchedPerSecond)) return null;
  return dispatchedPerSecond / slots.all;
}

/** Whether at least one task was given to a worker in the time that the rate is of. */
const isMoving = (perSecond: number) => Math.round(perSecond * RATE_SECONDS) >= 1;

/** Whether slots stay free. Of many, some always are for the moment between two tasks. */
const hasFree = ({ all, free }: NonNullable<QueueLook['slots']>) => free > all / 10;
