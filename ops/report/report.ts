/** Makes a report: reads the scans of a period once, and the histories of a few of them. */

import { dailyScanWorkflowId } from '@reddyfit/shared/names/ids';
import type { Firestore } from 'firebase-admin/firestore';
import type { TemporalClient } from '../../functions/src/platform/temporal-client.ts';
import { type Cost, costTally } from './cost.ts';
import { type Figures, tallyOf } from '../../functions/src/report/figures.ts';
import { before, type Period } from '../../functions/src/report/period.ts';
import { countScans, readScans } from '../../functions/src/report/read-scans.ts';
import { sampleOf } from './sample.ts';
import { isEnd, type ScanFacts } from '../../functions/src/report/scan-facts.ts';
import { countHistory, type HistoryCount } from './temporal-actions.ts';

/** What a report is made from. */
export interface Sources {
  readonly projectId: string;
  readonly db: Firestore;
  /** Null where the environment does not name a Temporal server. */
  readonly temporal: TemporalClient | null;
}

export interface ActivityFigures {
  readonly activity: string;
  readonly runs: number;
  readonly attempts: number;
  readonly failed: number;
}

export interface Report extends Figures {
  readonly projectId: string;
  /** Null when no scan has ended. */
  readonly cost: Cost | null;
  /** All activities in the histories that were read, also those that are no steps, ordered by the share that failed. */
  readonly activities: readonly ActivityFigures[];
  /** What the report could not find out. */
  readonly gaps: readonly string[];
}

/** How many histories are read at once, and how long one may take (ms). */
const AT_ONCE = 5;
const HISTORY_DEADLINE_MS = 10_000;

/**
 * `histories` is the most histories that are read. Throws when the database does not answer; without Temporal the report
 * names the gap instead.
 */
export async function makeReport(sources: Sources, period: Period, histories: number): Promise<Report> {
  const tally = tallyOf(period, await countScans(sources.db, before(period)));
  const costs = costTally();
  const sample = sampleOf<ScanFacts>(histories);
  for await (const scan of readScans(sources.db, period)) {
    tally.add(scan);
    costs.add(scan);
    if (isEnd(scan.status) && scan.runId) sample.offer(scan.scanId, scan);
  }
  const { counts, gaps } = await readHistories(sources, sample.items());
  return {
    projectId: sources.projectId,
    ...tally.figures(),
    cost: costs.cost(counts),
    activities: activitiesOf(counts),
    gaps,
  };
}

async function readHistories(
  { temporal }: Sources,
  scans: readonly ScanFacts[],
): Promise<{ counts: HistoryCount[]; gaps: string[] }> {
  if (scans.length === 0) return { counts: [], gaps: [] };
  if (!temporal) return { counts: [], gaps: ['TEMPORAL_ADDRESS is not set, so no history was read.'] };
  const counts: HistoryCount[] = [];
  let missing = 0;
  for (let first = 0; first < scans.length; first += AT_ONCE) {
    const read = await Promise.allSettled(
      scans
        .slice(first, first + AT_ONCE)
        .map(({ scanId, runId }) =>
          temporal.use(HISTORY_DEADLINE_MS, (client) =>
            client.workflow.getHandle(dailyScanWorkflowId(scanId), runId).fetchHistory(),
          ),
        ),
    );
    for (const one of read) {
      if (one.status === 'fulfilled') counts.push(countHistory(one.value.events ?? []));
      else missing += 1;
    }
    // When none could be read so far, Temporal is away, and asking for the rest would only take time.
    if (counts.length === 0) break;
  }
  const gaps =
    missing > 0
      ? [`${missing} of ${scans.length} histories could not be read; Temporal is away, or has let them go.`]
      : [];
  return { counts, gaps };
}

function activitiesOf(counts: readonly HistoryCount[]): ActivityFigures[] {
  const totals = new Map<string, { runs: number; attempts: number; failed: number }>();
  for (const { activities } of counts) {
    for (const [activity, { runs, attempts, failed }] of Object.entries(activities)) {
      const known = totals.get(activity) ?? { runs: 0, attempts: 0, failed: 0 };
      totals.set(activity, {
        runs: known.runs + runs,
        attempts: known.attempts + attempts,
        failed: known.failed + failed,
      });
    }
  }
  return [...totals]
    .map(([activity, total]) => ({ activity, ...total }))
    .sort(
      (a, b) =>
        b.failed / b.runs - a.failed / a.runs ||
        b.attempts / b.runs - a.attempts / a.runs ||
        a.activity.localeCompare(b.activity),
    );
}
