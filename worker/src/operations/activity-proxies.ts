/** Timeouts and retries of the activities of the daily operations. They are retried until they succeed. */

import { proxyActivities } from '@temporalio/workflow';
import type { OperationsActivities } from './activities.ts';

const UNTIL_DONE = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' } as const;

/** Activities that make one request or a few. */
export const {
  planArchive,
  recordArchived,
  recordArchiveDone,
  planVerification,
  planAuditCheck,
  recordBalances,
} = proxyActivities<OperationsActivities>({ startToCloseTimeout: '1m', retry: UNTIL_DONE });

/** Activities that handle a page of histories, chains or accounts. They send heartbeats while they work. */
export const { archivePage, verifyAuditPage, anchorAudit, checkAnchors, verifyBalancesPage } =
  proxyActivities<OperationsActivities>({
    startToCloseTimeout: '30m',
    heartbeatTimeout: '30s',
    retry: UNTIL_DONE,
  });
