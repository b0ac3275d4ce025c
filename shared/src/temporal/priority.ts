/** In which order Temporal serves scans that wait for a worker. */

/** How a workflow's tasks stand in the queue; the form is Temporal's. */
export interface QueuePriority {
  /** 1 goes first, 5 last. */
  priorityKey: number;
  /** All tasks with one key together get the share of one. At most 64 bytes; everybody who can see Temporal can read it. */
  fairnessKey: string;
  /** Share of one key against another's. */
  fairnessWeight: number;
}

/** The middle of five: what a person waits for in the app. */
const SCAN_PRIORITY = 3;

/**
 * A user's scans wait behind each other and beside everyone else's. The key is a part of the uid's SHA-256 (`sha256` in
 * hex), since Temporal shows keys in the clear.
 */
export function scanPriority(userId: string, sha256: (text: string) => string): QueuePriority {
  return {
    priorityKey: SCAN_PRIORITY,
    fairnessKey: sha256(`fairness:${userId}`).slice(0, 32),
    fairnessWeight: 1,
  };
}
