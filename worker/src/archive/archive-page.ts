/** planArchive and archivePage: histories of closed scans go into the archive, each once. */

import pLimit from 'p-limit';
import { archived } from '@reddyfit/shared/audit/archive';
import { packHistory } from './archived-history.ts';
import { log } from '../platform/logs.ts';
import type { Archive, ClosedRun, ClosedRuns } from './ports.ts';
import type { Operations } from '../operations/ports.ts';
import type { OperationsActivities } from '../operations/activities.ts';

/** Runs of one page, and how many are fetched and written beside each other. */
const PAGE = 100;
const AT_ONCE = 8;

/** A run may be listed this long (ms) after it closed: what closed shortly before is looked at again. */
const OVERLAP_MS = 3_600_000;
/** What closed just now is left to the next time (ms). */
const LAG_MS = 10_000;

export interface ArchiveSources {
  archive: Archive;
  runs: ClosedRuns;
  operations: Operations;
}

/** From the last time on; the first time, from what Temporal still has. */
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
  /** A history is large, so that it is there is asked before it is fetched. */
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
