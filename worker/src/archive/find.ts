/** Finds the archived histories of a scan. */

import { archived } from '@reddyfit/shared/audit/archive';
import { DAY_MS } from '@reddyfit/shared/durations';
import { dailyScanWorkflowId, scanIdOfWorkflow } from '@reddyfit/shared/names/ids';
import type { Archive, ArchivedObject } from './ports.ts';
import type { AuditChains } from '../audit/ports.ts';

/**
 * Lists the archived objects of a scan, the latest closed first. `id` is the scan's id, its workflow's id or an
 * object's name. The scan's audit chain tells on which days to look; when that finds nothing, the whole archive is
 * searched.
 */
export async function findArchived(
  archive: Pick<Archive, 'list'>,
  chains: Pick<AuditChains, 'read'>,
  id: string,
): Promise<ArchivedObject[]> {
  if (id.includes('/')) return (await collect(archive, id)).filter(({ object }) => object === id);
  const scanId = scanIdOfWorkflow(id) ?? id;
  const workflowId = dailyScanWorkflowId(scanId);
  const { entries } = await chains.read(scanId);
  const ends = entries
    .map(({ data }) => data as { action?: string; at?: string })
    .filter(({ action }) => action?.startsWith('daily_scan_workflow_') || action === 'scan_quality_rejected');
  // The activities after a scan's end are given up after a day, so the workflow closes within a day of the end.
  const days = new Set(
    ends.flatMap(({ at = '' }) => {
      const time = Date.parse(at);
      return [0, 1, 2].map((later) => archived.historiesOf(new Date(time + later * DAY_MS)));
    }),
  );
  for (const prefixes of [[...days], [archived.histories()]]) {
    const objects = (await Promise.all(prefixes.map((prefix) => collect(archive, prefix)))).flat();
    const found = objects.filter(({ metadata }) => metadata['workflowId'] === workflowId);
    if (found.length > 0) return found.toSorted(latestFirst);
  }
  return [];
}

async function collect(archive: Pick<Archive, 'list'>, prefix: string): Promise<ArchivedObject[]> {
  const found: ArchivedObject[] = [];
  for await (const object of archive.list(prefix)) found.push(object);
  return found;
}

function latestFirst(one: ArchivedObject, other: ArchivedObject): number {
  return (other.metadata['closedAt'] ?? '') < (one.metadata['closedAt'] ?? '') ? -1 : 1;
}
