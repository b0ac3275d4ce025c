/** The statuses of a scan and the states of a step, and which changes of a scan's status are allowed. */

/** A scan's statuses, in the order they can appear. */
export const SCAN_STATUSES = [
  'submitted',
  'queued',
  'processing',
  'completed',
  'rejected',
  'failed',
  'canceled',
] as const;
export type ScanStatus = (typeof SCAN_STATUSES)[number];

/** The statuses that end a scan. Nothing follows them. */
export const TERMINAL_STATUSES = ['completed', 'rejected', 'failed', 'canceled'] as const;
export type TerminalStatus = (typeof TERMINAL_STATUSES)[number];

/** The statuses of a scan that has not ended. */
export const OPEN_STATUSES: readonly ScanStatus[] = ['submitted', 'queued', 'processing'];

const NEXT: Record<ScanStatus, readonly ScanStatus[]> = {
  submitted: ['queued', 'failed', 'canceled'],
  queued: ['processing', 'completed', 'rejected', 'failed', 'canceled'],
  processing: ['completed', 'rejected', 'failed', 'canceled'],
  completed: [],
  rejected: [],
  failed: [],
  canceled: [],
};

/** True once a scan has ended. False for a status that this build does not know: a later one may have written it, or somebody by hand. */
export function isTerminal(status: ScanStatus): status is TerminalStatus {
  return TERMINAL_STATUSES.some((terminal) => terminal === status);
}

/**
 * True when a scan in `from` may go to `to`. Staying in the same status is allowed until the scan has ended.
 */
export function canTransition(from: ScanStatus, to: ScanStatus): boolean {
  return NEXT[from].includes(to) || (from === to && !isTerminal(from));
}

/** A step's states. `retrying` waits for `nextRetryAt`; `skipped` never ran because the scan ended first. */
export const STEP_STATES = ['pending', 'running', 'retrying', 'completed', 'failed', 'skipped'] as const;
export type StepState = (typeof STEP_STATES)[number];
