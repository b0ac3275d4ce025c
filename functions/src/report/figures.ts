/**
 * The figures of a report, computed from facts of scans: a tally takes one scan after the other and keeps only numbers.
 */

import { DAY_MS } from '@reddyfit/shared/durations';
import type { ErrorCode } from '@reddyfit/shared/errors';
import { SCAN_STATUSES, type ScanStatus } from '@reddyfit/shared/scan/statuses';
import { STEP_NAMES, type StepName } from '@reddyfit/shared/scan/steps';
import { type Distribution, distributionOf, slopeOf } from './distribution.ts';
import { before, daysOf, partOf, partsOf, type Period } from './period.ts';
import type { ScanFacts, StepFacts } from './scan-facts.ts';

/** The goals of the service: shares, and a duration (s). */
export const GOALS = { successRate: 0.95, durationP95: 480, retryRate: 0.05 } as const;

/** A figure that has a goal; `met` is null where there is nothing to judge. */
export interface Judged {
  readonly value: number | null;
  readonly goal: number;
  readonly met: boolean | null;
}

export interface StepFigures {
  readonly step: StepName;
  /** How many scans the step completed or failed in. */
  readonly runs: number;
  readonly failed: number;
  readonly errorRate: number | null;
  readonly attempts: number;
  readonly retries: number;
  /** From the step's start to its completion (s). */
  readonly duration: Distribution;
}

/** A part of the period, for the plots. */
export interface PartFigures {
  /** ISO 8601. */
  readonly from: string;
  readonly byStatus: Readonly<Record<ScanStatus, number>>;
  /** How long the scans that completed took (s). */
  readonly duration: Distribution;
}

export interface Figures {
  readonly period: {
    readonly since: string;
    readonly until: string;
    readonly days: number;
    readonly partSeconds: number;
  };
  readonly scans: number;
  readonly byStatus: Readonly<Record<ScanStatus, number>>;
  /**
   * Scans that admission refused, for the profile, consent, credits or photos of another user, for example. They do not
   * count in `successRate`. A scan that no function or worker took in time is not among them: it failed.
   */
  readonly refused: number;
  readonly simulated: number;
  /**
   * The share of completed scans among those that completed or failed. Rejected, canceled and refused scans do not
   * count.
   */
  readonly successRate: Judged;
  /** From the request to the completion (s). */
  readonly duration: Distribution;
  readonly durationP95: Judged;
  /** The share of the steps' attempts that were not the first. */
  readonly retryRate: Judged;
  readonly perDay: {
    readonly value: number;
    /** Scans a day in the period of the same length before; null when they were not counted. */
    readonly before: number | null;
    /** How many more than before, as a share of `before`; null when there were none or they were not counted. */
    readonly change: number | null;
    /**
     * By how many scans a day the number grows each day, by the least-squares line through the whole days; null for
     * fewer than three days.
     */
    readonly slope: number | null;
  };
  readonly parts: readonly PartFigures[];
  /**
   * Durations of the scans that completed (s), in ascending order. At most 200 of them, evenly chosen, show the shape
   * of the distribution.
   */
  readonly durations: readonly number[];
  /** The steps, the one with the longest p95 first. */
  readonly steps: readonly StepFigures[];
  readonly errors: readonly { readonly code: string; readonly scans: number }[];
  readonly slowest: readonly { readonly scanId: string; readonly seconds: number }[];
}

/** Codes of scans that failed without a workflow's write because functions or workers were away: the sweeper ends such a scan. */
const NOBODY_TOOK_IT: ReadonlySet<string | undefined> = new Set<ErrorCode>([
  'ScanTimedOutError',
  'ScanExpiredError',
  'InternalError',
]);

const SLOWEST = 5;
const SHAPE = 200;

/**
 * A tally of the scans that were created in `period`. `scansBefore` is the number of scans in the period before; null
 * when it was not counted.
 */
export function tallyOf(period: Period, scansBefore: number | null = null) {
  const starts = partsOf(period);
  const length = partOf(period);
  const parts = starts.map(() => ({ byStatus: noScans(), durations: [] as number[] }));
  const days = new Map<number, number>();
  const byStatus = noScans();
  const steps = Object.fromEntries(
    STEP_NAMES.map((step) => [
      step,
      { runs: 0, failed: 0, attempts: 0, retries: 0, durations: [] as number[] },
    ]),
  ) as Record<StepName, StepTally>;
  const errors = new Map<string, number>();
  const durations: number[] = [];
  let slowest: { scanId: string; seconds: number }[] = [];
  let scans = 0;
  let refused = 0;
  let simulated = 0;

  return {
    add(scan: ScanFacts): void {
      const { scanId, status, createdAt, durationMs, runId, errorCode } = scan;
      const part = parts[Math.floor((createdAt - starts[0]!) / length)];
      if (!part || createdAt < period.since || createdAt >= period.until) return;
      scans += 1;
      byStatus[status] += 1;
      part.byStatus[status] += 1;
      const day = Math.floor(createdAt / DAY_MS);
      days.set(day, (days.get(day) ?? 0) + 1);
      if (scan.simulated) simulated += 1;
      if (status === 'failed' && runId === undefined && !NOBODY_TOOK_IT.has(errorCode)) refused += 1;
      if (errorCode) errors.set(errorCode, (errors.get(errorCode) ?? 0) + 1);
      if (status === 'completed' && durationMs !== undefined) {
        const seconds = durationMs / 1000;
        durations.push(seconds);
        part.durations.push(seconds);
        slowest = [...slowest, { scanId, seconds }].sort((a, b) => b.seconds - a.seconds).slice(0, SLOWEST);
      }
      for (const name of STEP_NAMES) addStep(steps[name], scan.steps[name]);
    },

    figures(): Figures {
      const failed = byStatus.failed - refused;
      const duration = distributionOf(durations);
      const attempts = sum(Object.values(steps).map((step) => step.attempts));
      const retries = sum(Object.values(steps).map((step) => step.retries));
      const inDays = daysOf(period);
      const earlier = scansBefore === null ? null : scansBefore / daysOf(before(period));
      return {
        period: {
          since: new Date(period.since).toISOString(),
          until: new Date(period.until).toISOString(),
          days: inDays,
          partSeconds: partOf(period) / 1000,
        },
        scans,
        byStatus,
        refused,
        simulated,
        successRate: judged(
          share(byStatus.completed, byStatus.completed + failed),
          GOALS.successRate,
          'at least',
        ),
        duration,
        durationP95: judged(duration.p95, GOALS.durationP95, 'below'),
        retryRate: judged(share(retries, attempts), GOALS.retryRate, 'below'),
        perDay: {
          value: scans / inDays,
          before: earlier,
          change: earlier ? scans / inDays / earlier - 1 : null,
          slope: slopeOf(wholeDays(period).map((day) => days.get(day) ?? 0)),
        },
        parts: parts.map((part, index) => ({
          from: new Date(starts[index]!).toISOString(),
          byStatus: part.byStatus,
          duration: distributionOf(part.durations),
        })),
        durations: evenly(
          durations.toSorted((a, b) => a - b),
          SHAPE,
        ),
        steps: STEP_NAMES.map((step) => stepFigures(step, steps[step])).sort(
          (a, b) => (b.duration.p95 ?? -1) - (a.duration.p95 ?? -1),
        ),
        errors: [...errors]
          .map(([code, count]) => ({ code, scans: count }))
          .sort((a, b) => b.scans - a.scans || a.code.localeCompare(b.code)),
        slowest,
      };
    },
  };
}

interface StepTally {
  runs: number;
  failed: number;
  attempts: number;
  retries: number;
  durations: number[];
}

function addStep(tally: StepTally, step: StepFacts | undefined): void {
  if (!step || step.attempt === 0) return;
  tally.attempts += step.attempt;
  tally.retries += step.attempt - 1;
  if (step.state === 'completed' || step.state === 'failed') tally.runs += 1;
  if (step.state === 'failed') tally.failed += 1;
  if (step.state === 'completed' && step.durationMs !== undefined)
    tally.durations.push(step.durationMs / 1000);
}

function stepFigures(step: StepName, { durations, ...tally }: StepTally): StepFigures {
  return { step, ...tally, errorRate: share(tally.failed, tally.runs), duration: distributionOf(durations) };
}

function judged(value: number | null, goal: number, how: 'at least' | 'below'): Judged {
  const met = value === null ? null : how === 'below' ? value < goal : value >= goal;
  return { value, goal, met };
}

/**
 * The days (UTC) that lie wholly in the period, as days since 1970. Parts of days are left out, since they would look
 * like a fall.
 */
function wholeDays({ since, until }: Period): number[] {
  const first = Math.ceil(since / DAY_MS);
  const end = Math.floor(until / DAY_MS);
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
}

/** At most `most` of the values, the first and the last among them. */
function evenly(values: readonly number[], most: number): number[] {
  if (values.length <= most) return [...values];
  return Array.from(
    { length: most },
    (_, index) => values[Math.round((index * (values.length - 1)) / (most - 1))]!,
  );
}

function noScans(): Record<ScanStatus, number> {
  return Object.fromEntries(SCAN_STATUSES.map((status) => [status, 0])) as Record<ScanStatus, number>;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
