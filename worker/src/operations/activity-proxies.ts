/** How long the activities of the daily operations may take, and how they are retried: until they are done. */

import { proxyActivities } from '@temporalio/workflow';
import type { OperationsActivities } from './activities.ts';

const UNTIL_DONE = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' } as const;

/** One request or a few. */
export const { planArchive, recordArchived, recordArchiveDone, planVerification, recordBalances } =
  proxyActivities<OperationsActivities>({ startToCloseTimeout: '1m', retry: UNTIL_DONE });

/** A page of histories, chains or accounts: they beat while they work. */
export const { archivePage, verifyAuditPage, anchorAudit, verifyBalancesPage } =
  proxyActivities<OperationsActivities>({
    startToCloseTimeout: '30m',
    heartbeatTimeout: '30s',
    retry: UNTIL_DONE,
  });
