/**
 * Which changes of the workflow's code a scan follows. A scan that began before a change goes on without it: normally a marker in
 * its history tells (`patched`), and the markers of a scan are a billed action of Temporal.
 */

import { SCAN_COURSE } from '@reddyfit/shared/temporal/workflows';
import { patched, workflowInfo } from '@temporalio/workflow';

/** Change → the course with which it came. A change that comes later raises SCAN_COURSE and stands here with that number. */
const CHANGES = {
  /**
   * Scans that began earlier have no time limit, settle before their last write, and publish `scan.processing` before their first
   * one.
   */
  'ends-in-time': 1,
  /** Scans that began earlier keep their photos unchanged. */
  'hides-kept-faces': 1,
  /** Scans that began earlier use separate activities for the audit entry of their start and for events. */
  'writes-bring-all': 1,
  /** Scans that began earlier show a body fat before the change since the last scan, and note a patch of their own at their end. */
  'in-few-actions': 1,
  /**
   * Scans that began earlier have a timer for their time limit, wait for timers before writes that bring results and for the
   * change since the last scan, and do what follows their end in activities of its own.
   */
  'fewer-actions': 1,
  /**
   * Scans that began earlier compare with the scan before in an activity of its own, and record their start with their first
   * write.
   */
  'in-fewest-actions': 1,
  /**
   * Scans that began earlier may write once more after their end, when a canceled step still changes, and show an estimation that
   * failed on refused photos as failed instead of skipped.
   */
  'ends-once': 1,
  /** Scans that began earlier show their steps running from the start, also where they wait for others. */
  'says-when-it-begins': 1,
} as const satisfies Record<string, number>;

type Change = keyof typeof CHANGES;

/** Says whether a scan follows a change: the same each time, from the first time that it is asked. */
export type Follows = (change: Change) => boolean;

/**
 * A marker stands in the history where its change was first asked for. These are asked for before all else; `ends-once` when the
 * status is made, and `says-when-it-begins` only of a scan that waits for others.
 */
const FIRST: readonly Change[] = [
  'ends-in-time',
  'hides-kept-faces',
  'writes-bring-all',
  'in-few-actions',
  'fewer-actions',
  'in-fewest-actions',
];

/**
 * Returns a function that says whether the scan follows a change. `told` is the course that the function which started the scan
 * knew. A worker that knows the same one begins the scan without markers; any other leaves markers of the changes that it
 * knows. So a history without markers follows the course that it was told, whoever replays it: function and worker may be
 * deployed in any order.
 */
export function courseOf(told: number | undefined): Follows {
  const isMarked = told === undefined || !isUnmarked(told);
  const known = new Map<Change, boolean>();
  const follows: Follows = (change) => {
    if (!known.has(change)) known.set(change, isMarked ? patched(change) : CHANGES[change] <= told);
    return known.get(change)!;
  };
  FIRST.forEach(follows);
  return follows;
}

/** The first workflow task decides; whoever takes the scan over later replays that task first. */
function isUnmarked(told: number): boolean {
  return workflowInfo().unsafe.isReplaying ? !patched('ends-in-time') : told === SCAN_COURSE;
}
