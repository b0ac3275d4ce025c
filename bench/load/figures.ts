/** The figures of a load run, computed from what was observed of each scan and of the machine. */

import type { ScanStatus } from '@reddyfit/shared/scan/statuses';

/** One scan as it was sent and as its document ended. Times in ms since 1970, by this machine's clock. */
export interface ScanCourse {
  readonly scanId: string;
  /**
   * When the document was due to be written. Times are counted from here, so that a sender that falls behind hides no delay.
   */
  readonly dueAt: number;
  readonly status: ScanStatus | 'missing';
  readonly warnings: number;
  /** When the first step started. */
  readonly startedAt?: number;
  /** When a scan that waited for others was expected to begin, by its document, and when the listener saw that it had. */
  readonly expectedAt?: number;
  readonly begunAt?: number;
  /** When the listener saw the body fat. */
  readonly estimatedAt?: number;
  /** When the listener saw the end. */
  readonly endedAt?: number;
}

/** The machine at one moment. */
export interface Sample {
  /** Seconds since the first scan was due. */
  readonly second: number;
  /** How many cores of the machine were busy since the last sample. */
  readonly busyCores: number;
  /** How many cores all workers together used, and their memory (MiB). */
  readonly workerCores: number;
  readonly workerMiB: number;
  /** The number of scans that were sent and have not ended. */
  readonly open: number;
}

export interface Quantiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export interface LoadFigures {
  readonly sent: number;
  /** Scans by the way they ended. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** The number of scans that completed without a part of the result. */
  readonly degraded: number;
  /** The number of scans that never ended or have no document. */
  readonly lost: number;
  /** From the time at which the first scan was due to the end of the last scan (s). */
  readonly seconds: number;
  /** Scans that ended per second, over the whole run. */
  readonly throughput: number;
  /** From the time at which a scan was due to its first step, to its body fat, and to its end (s). */
  readonly startWait: Quantiles | null;
  readonly estimation: Quantiles | null;
  /**
   * Of the scans that said that they wait: how many, how many of these were seen to begin, by how much the said wait missed the real one
   * (s, either way), how much earlier than expected they began (s), how many began later, and by how much at most (s).
   */
  readonly busy: {
    said: number;
    begun: number;
    off: Quantiles | null;
    early: Quantiles | null;
    late: number;
    latest: number;
  };
  readonly duration: Quantiles | null;
  readonly busyCores: Quantiles | null;
  readonly workerCores: Quantiles | null;
  readonly workerMiB: Quantiles | null;
}

/** Nearest-rank quantiles; null for an empty list. */
export function quantiles(values: readonly number[]): Quantiles | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1)! };
}

/** Figures of a run. */
export function figuresOf(scans: readonly ScanCourse[], samples: readonly Sample[]): LoadFigures {
  const outcomes: Record<string, number> = {};
  for (const { status } of scans) outcomes[status] = (outcomes[status] ?? 0) + 1;
  const ended = scans.filter((scan) => scan.endedAt !== undefined);
  const first = Math.min(...scans.map(({ dueAt }) => dueAt));
  const last = Math.max(first, ...ended.map(({ endedAt }) => endedAt!));
  const seconds = (last - first) / 1000;
  const since = (pick: (scan: ScanCourse) => number | undefined) =>
    quantiles(
      scans.flatMap((scan) => {
        const at = pick(scan);
        return at === undefined ? [] : [(at - scan.dueAt) / 1000];
      }),
    );
  const early = scans.flatMap(({ expectedAt, begunAt }) =>
    expectedAt === undefined || begunAt === undefined ? [] : [(expectedAt - begunAt) / 1000],
  );
  return {
    sent: scans.length,
    outcomes,
    degraded: scans.filter(({ status, warnings }) => status === 'completed' && warnings > 0).length,
    lost: scans.length - ended.length,
    seconds,
    throughput: seconds > 0 ? ended.length / seconds : 0,
    startWait: since(({ startedAt }) => startedAt),
    estimation: since(({ estimatedAt }) => estimatedAt),
    busy: {
      said: scans.filter(({ expectedAt }) => expectedAt !== undefined).length,
      begun: early.length,
      off: quantiles(early.map(Math.abs)),
      early: quantiles(early),
      late: early.filter((each) => each < 0).length,
      latest: Math.max(0, ...early.map((each) => -each)),
    },
    duration: since(({ endedAt }) => endedAt),
    busyCores: quantiles(samples.map(({ busyCores }) => busyCores)),
    workerCores: quantiles(samples.map(({ workerCores }) => workerCores)),
    workerMiB: quantiles(samples.map(({ workerMiB }) => workerMiB)),
  };
}
