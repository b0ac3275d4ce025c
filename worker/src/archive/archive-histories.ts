/** Brings the history of every scan workflow that has closed into the archive. */

import { continueAsNew } from '@temporalio/workflow';
import type { ArchiveCounts, Span } from './ports.ts';
import {
  archivePage,
  planArchive,
  recordArchiveDone,
  recordArchived,
} from '../operations/activity-proxies.ts';

/** How much closing time is archived before the watermark moves on (ms). */
const STRIDE_MS = 3_600_000;

/** Then the workflow goes on as a new run: its own history must not grow without end. */
const MOST_PAGES = 100;

/** How far an archiving is. */
export interface Archiving extends Span, ArchiveCounts {
  token: string | null;
}

/**
 * Goes through closing time hour by hour, each to its last page before the watermark passes it; within an hour the order does not
 * matter, since what is there is kept. A crash costs the page that was under way. Resolves with what was done.
 */
export async function archiveHistoriesWorkflow(resumed?: Archiving): Promise<ArchiveCounts> {
  const work: Archiving = resumed ?? {
    ...(await planArchive()),
    token: null,
    archived: 0,
    kept: 0,
    lost: 0,
  };
  for (let pages = 0; work.from < work.until; pages += 1) {
    if (pages === MOST_PAGES) return continueAsNew<typeof archiveHistoriesWorkflow>(work);
    const until = earlier(new Date(Date.parse(work.from) + STRIDE_MS).toISOString(), work.until);
    const page = await archivePage({ from: work.from, until, token: work.token });
    work.archived += page.archived;
    work.kept += page.kept;
    work.lost += page.lost;
    work.token = page.nextToken;
    if (work.token !== null) continue;
    await recordArchived({ until });
    work.from = until;
  }
  const { archived, kept, lost } = work;
  await recordArchiveDone({ archived, kept, lost });
  return { archived, kept, lost };
}

/** ISO times of one form sort as text. */
function earlier(one: string, other: string): string {
  return one < other ? one : other;
}
