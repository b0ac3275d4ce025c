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

/** After this many pages the workflow continues as a new run, because its own history must not grow without end. */
const MOST_PAGES = 100;

/** How far the archiving has come. */
export interface Archiving extends Span, ArchiveCounts {
  token: string | null;
}

/**
 * Archives closed runs hour by hour of their closing time. The watermark passes an hour only after its last page is
 * archived; within an hour the order does not matter, since a history that is already in the archive is kept. After a
 * crash only the page that was under way is done again. Resolves with the counts of all pages.
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

/** The earlier of two ISO 8601 times. Times of the same form sort as text. */
function earlier(one: string, other: string): string {
  return one < other ? one : other;
}
