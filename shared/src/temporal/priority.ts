/** In which order Temporal serves scans that wait for a worker. */

/** The place of a workflow's tasks in the queue, in the form that Temporal takes. */
export interface QueuePriority {
  /** 1 goes first, 5 last. */
  priorityKey: number;
  /**
   * Temporal shares the queue out by key: all tasks with one key together get one share. At most 64 bytes; everybody who
   * can see Temporal can read it.
   */
  fairnessKey: string;
  /** Weight of this key's share, compared with the shares of other keys. */
  fairnessWeight: number;
}

/** The middle of the five priorities, for work that a person in the app waits for. */
const SCAN_PRIORITY = 3;

/**
 * Scans of one user share one fairness key, so that a user with many scans delays nobody else's. The key is a part of the
 * uid's SHA-256 (`sha256` in hex), since Temporal shows keys in the clear.
 */
export function scanPriority(userId: string, sha256: (text: string) => string): QueuePriority {
  return {
    priorityKey: SCAN_PRIORITY,
    fairnessKey: sha256(`fairness:${userId}`).slice(0, 32),
    fairnessWeight: 1,
  };
}
