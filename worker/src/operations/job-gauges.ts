/** Gauges of what the jobs recorded in operations/{job}: when they last succeeded, and what they found. */

import type { ObservableResult } from '@opentelemetry/api';
import { paths } from '@reddyfit/shared/names/paths';
import type { Firestore } from 'firebase-admin/firestore';
import { log } from '../platform/logs.ts';
import type { Meters } from '../platform/telemetry/meters.ts';
import { type Job, JOBS } from '../platform/telemetry/metrics.ts';

/** The documents are read at most once in this time (ms), however often the metrics are read. */
const KEPT_MS = 60_000;

type Records = Partial<Record<Job, FirebaseFirestore.DocumentData>>;

/**
 * Makes the gauges read from `db` whenever the metrics are read. While Firestore cannot be reached they keep the values
 * that were read last.
 */
export function observeJobs(
  { gauge }: Pick<Meters, 'gauge'>,
  db: Firestore,
  now: () => number = Date.now,
): void {
  let kept: Promise<Records> = Promise.resolve({});
  let keptAt = Number.NEGATIVE_INFINITY;
  const records = (): Promise<Records> => {
    if (now() - keptAt < KEPT_MS) return kept;
    keptAt = now();
    const before = kept;
    kept = read(db).catch((error: unknown) => {
      log('WARNING', 'operations_not_read', { cause: error instanceof Error ? error.name : typeof error });
      return before;
    });
    return kept;
  };

  gauge('jobLastSuccess').addCallback(async (result: ObservableResult) => {
    for (const [job, record] of Object.entries(await records())) {
      const at = secondsOf(record['lastSuccessAt']);
      if (at !== null) result.observe(at, { job });
    }
  });
  gauge('auditChainsBroken').addCallback(async (result: ObservableResult) => {
    const broken: unknown = (await records()).audit_verify?.['broken'];
    if (typeof broken === 'number') result.observe(broken);
  });
  gauge('accountsUnbalanced').addCallback(async (result: ObservableResult) => {
    const unbalanced: unknown = (await records()).balance_verify?.['unbalanced'];
    if (typeof unbalanced === 'number') result.observe(unbalanced);
  });
  gauge('archiveWatermark').addCallback(async (result: ObservableResult) => {
    const at = secondsOf((await records()).archive?.['watermark']);
    if (at !== null) result.observe(at);
  });
}

async function read(db: Firestore): Promise<Records> {
  const found = await db.getAll(...JOBS.map((job) => db.doc(paths.operation(job))));
  return Object.fromEntries(
    found.flatMap((document, index) => (document.exists ? [[JOBS[index], document.data()]] : [])),
  );
}

/** A Firestore timestamp, or a time in ISO 8601, in seconds since 1970 (s); null for anything else. */
function secondsOf(time: unknown): number | null {
  const ms =
    typeof time === 'string' ? Date.parse(time) : (time as { toMillis?(): number } | undefined)?.toMillis?.();
  return ms === undefined || Number.isNaN(ms) ? null : ms / 1000;
}
