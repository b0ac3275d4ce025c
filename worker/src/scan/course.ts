/**
 * Which changes of the workflow's code a scan follows. A scan that began before a change goes on without it: normally a marker in
 * its history tells (`patched`), and the markers of a scan are a billed action of Temporal.
 */

import { SCAN_COURSE } from '@reddyfit/shared/temporal/workflows';
import { patched, workflowInfo } from '@temporalio/workflow';

/** Change → the course with which it came. A change that comes later raises SCAN_COURSE and stands here with that number. */
const CHANGES = {
  /** Scans that began earlier have no time limit, and settle before their last write. */
  'ends-in-time': 1,
  /** Scans that began earlier keep their photos unchanged. */
  'hides-kept-faces': 1,
  /** Scans that began earlier use separate activities for the audit entry of their start and for events. */
  'writes-bring-all': 1,
  /** Scans that began earlier show a body fat before the change since the last scan, and note a patch of their own at their end. */
  'in-few-actions': 1,
  /**
   * Scans that began earlier have a timer for their time limit, wait for timers between writes that bring results, and do what
   * follows their end in activities of its own.
   */
  'fewer-actions': 1,
  /** Scans that began earlier may write once more after their end. */
  'ends-once': 1,
  /** Scans that began earlier show their steps running from the start, also where they wait for others. */
  'says-when-it-begins': 1,
  /**
   * Scans that began earlier compare with the scan before in an activity of its own, and record their start with their first
   * write.
   */
  'in-fewest-actions': 1,
} as const satisfies Record<string, number>;

export type Change = keyof typeof CHANGES;

/**
 * Returns a function that says whether the scan follows a change. `told` is the course that the function which started the scan
 * knew. A worker that knows the same one begins the scan without markers; any other leaves markers of the changes that it
 * knows. So a history without markers follows the course that it was told, whoever replays it: function and worker may be
 * deployed in any order.
 */
export function courseOf(told: number | undefined): (change: Change) => boolean {
  if (told === undefined) return patched;
  // The first workflow task decides; whoever takes the scan over later replays that task first.
  const isUnmarked = workflowInfo().unsafe.isReplaying ? !patched('ends-in-time') : told === SCAN_COURSE;
  return isUnmarked ? (change) => CHANGES[change] <= told : patched;
}
