/** Makes the activities of the daily operations from the ports that they need. */

import { createArchivePage, createPlanArchive, type ArchiveSources } from '../archive/archive-page.ts';
import type { OperationsActivities } from './activities.ts';
import type { Balances } from './firestore-balances.ts';
import { type AuditSources, createVerifyAudit } from '../audit/verify-audit.ts';
import { createVerifyBalances } from './verify-balances.ts';

export type OperationsDependencies = ArchiveSources & AuditSources & { balances: Balances };

/** The activities over these dependencies, one property per activity type. `now` is in ms since 1970. */
export function createOperationsActivities(
  ports: OperationsDependencies,
  now: () => number = Date.now,
): OperationsActivities {
  const { operations } = ports;
  return {
    planArchive: createPlanArchive(ports, now),
    archivePage: createArchivePage(ports),
    recordArchived: ({ until }) => operations.recordArchived(new Date(until)),
    recordArchiveDone: (run) => operations.recordArchiveDone(run),
    ...createVerifyAudit(ports, now),
    ...createVerifyBalances(ports),
  };
}
