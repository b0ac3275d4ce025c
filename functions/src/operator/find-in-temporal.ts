/** Finds scans by what only Temporal's index knows: the build that began them, and how long their workflow took. */

import { DAILY_SCAN_WORKFLOW, scanIdOfWorkflow } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import type { FindScansRequest, FindScansResponse } from '@reddyfit/shared/operator/find';
import { SEARCH_ATTRIBUTES } from '@reddyfit/shared/temporal/search-attributes';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import type { Firestore } from 'firebase-admin/firestore';
import { orUnavailable } from '../platform/temporal.ts';
import type { TemporalClient } from '../platform/temporal-client.ts';
import { FOUND_FIELDS, foundScanOf } from './facts.ts';

/** How long Temporal may take to list a page (ms). */
const DEADLINE_MS = 5000;

/** Those that Temporal still knows: its retention bounds them. Throws UnavailableError. */
export async function findInTemporal(
  db: Firestore,
  temporal: TemporalClient,
  namespace: string,
  wanted: FindScansRequest,
): Promise<FindScansResponse> {
  const { cursor, limit, slowerThanSeconds } = wanted;
  const page = await orUnavailable(
    temporal.use(DEADLINE_MS, (client) =>
      client.workflowService.listWorkflowExecutions({
        namespace,
        query: queryOf(wanted),
        pageSize: limit,
        nextPageToken: cursor === undefined ? new Uint8Array() : Buffer.from(cursor, 'base64url'),
      }),
    ),
  );
  const ids = page.executions.flatMap(({ execution }) => scanIdOfWorkflow(execution?.workflowId ?? '') ?? []);
  const refs = ids.map((scanId) => db.doc(paths.scan(scanId)));
  const docs = refs.length === 0 ? [] : await db.getAll(...refs, { fieldMask: FOUND_FIELDS });
  const scans = docs.flatMap((doc) => (doc.exists ? [foundScanOf(doc.id, doc.data()!)] : []));
  if (slowerThanSeconds !== undefined) scans.sort((one, other) => (other.ms ?? 0) - (one.ms ?? 0));
  const token = page.nextPageToken;
  return { scans, cursor: token?.length ? Buffer.from(token).toString('base64url') : null };
}

/** Every value has the form that its schema gives it, so none can end its quotes. */
function queryOf({ build, slowerThanSeconds, status, from, to }: FindScansRequest): string {
  const { outcome, appVersion } = SEARCH_ATTRIBUTES;
  const isOver = status !== undefined && isTerminal(status);
  return [
    `WorkflowType = "${DAILY_SCAN_WORKFLOW}"`,
    ...(build === undefined ? [] : [`${appVersion.name} = "${build}"`]),
    ...(slowerThanSeconds === undefined ? [] : [`ExecutionDuration > "${slowerThanSeconds}s"`]),
    ...(status === undefined ? [] : [`${outcome.name} = "${isOver ? status : 'running'}"`]),
    ...(from === undefined ? [] : [`StartTime >= "${from}"`]),
    ...(to === undefined ? [] : [`StartTime < "${to}"`]),
  ].join(' AND ');
}
