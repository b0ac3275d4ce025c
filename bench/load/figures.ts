/** What a load run says: pure arithmetic over what was seen of each scan and of the machine. */

import type { ScanStatus } from '@reddyfit/shared/scan/statuses';

/** One scan as it was sent and as its document ended. Times in ms since 1970, by this machine's clock. */
export interface ScanCourse {
  readonly scanId: string;
  /** When the document was to be written; it is counted from here, so that a sender who falls behind hides nothing. */
  readonly dueAt: number;
  readonly status: ScanStatus | 'missing';
  readonly warnings: number;
  /** First step's start. */
  readonly startedAt?: number;
  /** When the listener saw body fat. */
  readonly estimatedAt?: number;
  /** When the listener saw the end. */
  readonly endedAt?: number;
}

/** The machine at one moment. */
export interface Sample {
  /** Since the first scan was due (s). */
  readonly second: number;
  /** Cores of the machine that were busy since the last sample. */
  readonly busyCores: number;
  /** Cores that the workers used together, and their memory (MiB). */
  readonly workerCores: number;
  readonly workerMiB: number;
  /** Scans sent and not ended. */
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
  /** Completed without a part. */
  readonly degraded: number;
  /** Never ended, or without a document. */
  readonly lost: number;
  /** From the first that was due to the last that ended (s). */
  readonly seconds: number;
  /** Ended a second, over the whole run. */
  readonly throughput: number;
  /** From due to the first step, to body fat, to the end (s). */
  readonly startWait: Quantiles | null;
  readonly estimation: Quantiles | null;
  readonly duration: Quantiles | null;
  readonly busyCores: Quantiles | null;
  readonly workerCores: Quantiles | null;
  readonly workerMiB: Quantiles | null;
}

/** Nearest-rank quantiles; null of nothing. */
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
  return {
    sent: scans.length,
    outcomes,
    degraded: scans.filter(({ status, warnings }) => status === 'completed' && warnings > 0).length,
    lost: scans.length - ended.length,
    seconds,
    throughput: seconds > 0 ? ended.length / seconds : 0,
    startWait: since(({ startedAt }) => startedAt),
    estimation: since(({ estimatedAt }) => estimatedAt),
    duration: since(({ endedAt }) => endedAt),
    busyCores: quantiles(samples.map(({ busyCores }) => busyCores)),
    workerCores: quantiles(samples.map(({ workerCores }) => workerCores)),
    workerMiB: quantiles(samples.map(({ workerMiB }) => workerMiB)),
  };
}
