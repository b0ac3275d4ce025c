/** The activities planArchive and archivePage, which put the history of each closed scan workflow into the archive once. */

import pLimit from 'p-limit';
import { archived } from '@reddyfit/shared/audit/archive';
import { packHistory } from './archived-history.ts';
import { log } from '../platform/logs.ts';
import type { Archive, ClosedRun, ClosedRuns } from './ports.ts';
import type { Operations } from '../operations/firestore-operations.ts';
import type { OperationsActivities } from '../operations/activities.ts';

/** PAGE: runs per page. AT_ONCE: how many of them are fetched and written in parallel. */
const PAGE = 100;
const AT_ONCE = 8;

/**
 * Temporal may list a run up to this long (ms) after it closed, so each archiving starts this long before the end of
 * the last one.
 */
const OVERLAP_MS = 3_600_000;
/** Runs that closed less than this long ago (ms) are left to the next archiving. */
const LAG_MS = 10_000;

export interface ArchiveSources {
  archive: Archive;
  runs: ClosedRuns;
  operations: Operations;
}

/** Plans to start where the last archiving ended. The first archiving starts with the oldest run that Temporal still keeps. */
export function createPlanArchive(
  { runs, operations }: Pick<ArchiveSources, 'runs' | 'operations'>,
  now: () => number,
): OperationsActivities['planArchive'] {
  return async () => {
    const last = await operations.archivedUntil();
    const from = last ? last.getTime() - OVERLAP_MS : now() - (await runs.retentionMs());
    const until = now() - LAG_MS;
    return { from: new Date(Math.min(from, until)).toISOString(), until: new Date(until).toISOString() };
  };
}

export function createArchivePage({
  archive,
  runs,
}: Pick<ArchiveSources, 'archive' | 'runs'>): OperationsActivities['archivePage'] {
  /** Asks whether the history is archived already before it fetches it, since a history is large. */
  const put = async (run: ClosedRun): Promise<'archived' | 'kept' | 'lost'> => {
    const object = archived.history(run);
    if (await archive.exists(object)) return 'kept';
    const history = await runs.history(run);
    if (!history) {
      const { workflowId, runId } = run;
      log('ERROR', 'history_lost', { workflowId, runId });
      return 'lost';
    }
    const { workflowId, runId, status, closedAt } = run;
    const written = await archive.write(object, await packHistory(run, history), {
      contentType: 'application/gzip',
      metadata: { workflowId, runId, status, closedAt: closedAt.toISOString() },
    });
    return written === 'kept' ? 'kept' : 'archived';
  };

  return async ({ token, ...span }) => {
    const { runs: page, nextToken } = await runs.page(span, token, PAGE);
    const counts = { archived: 0, kept: 0, lost: 0 };
    for (const outcome of await pLimit(AT_ONCE).map(page, put)) counts[outcome] += 1;
    return { ...counts, nextToken };
  };
}
