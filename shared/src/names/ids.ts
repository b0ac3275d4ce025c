/** Names and ids that more than one part must spell the same way. */

import { OPTIONAL_STEP_NAMES, type OptionalStepName } from '../scan/steps.ts';

/** The Temporal task queue of the scan workers. */
export const DEFAULT_TASK_QUEUE = 'body-fat-analysis-queue';

/** The workflow type that runs one scan. */
export const DAILY_SCAN_WORKFLOW = 'dailyScanWorkflow';

/** The Pub/Sub topic that carries scan state changes. */
export const SCAN_EVENTS_TOPIC = 'scan-events';

/** What a scan id may be: it names a document, a folder and a workflow. Firestore keeps `__…__` for itself. */
export const SCAN_ID_PATTERN = /^(?!__.*__$)[A-Za-z0-9_-]{1,128}$/;

/** What the id of a scan's event may be: `<scanId>:<type>`, and of a step that has completed its name behind that. */
export const SCAN_EVENT_ID_PATTERN = /^[A-Za-z0-9_-]{1,128}:scan\.[a-z.]{1,32}(:[A-Za-z]{1,32})?$/;

/** Where the app opens a scan. */
export function scanLink(scanId: string): string {
  return `reddyfit://scans/${scanId}`;
}

/** Where a browser opens a scan. `webAppUrl` is the address of the web app, without a trailing slash. */
export function scanWebLink(webAppUrl: string, scanId: string): string {
  return `${webAppUrl}/scans/${scanId}`;
}

/** Workflow id of a scan: a scan has one workflow, however often the trigger fires. */
export function dailyScanWorkflowId(scanId: string): string {
  return `daily-scan-${scanId}`;
}

/** The workflow type that announces the end of a scan that ended without its own workflow. */
export const ANNOUNCE_SCAN_WORKFLOW = 'announceScanWorkflow';

/** Workflow id of that announcement: a scan has one at most. */
export function announceScanWorkflowId(scanId: string): string {
  return `announce-scan-${scanId}`;
}

/** The workflow type that runs one failed optional step of a completed scan again. */
export const RETRY_STEP_WORKFLOW = 'retryStepWorkflow';

/** Workflow id of a step that runs again: each step of a scan runs once at a time. */
export function retryStepWorkflowId(scanId: string, step: OptionalStepName): string {
  return `retry-${step}-scan-${scanId}`;
}

/**
 * Ids of all workflows that may work on a scan or announce it: the scan's own, the announcement of its end, and each step that
 * runs again. The workflow that deletes the scan is not among them.
 */
export function scanWorkflowIds(scanId: string): string[] {
  return [
    dailyScanWorkflowId(scanId),
    announceScanWorkflowId(scanId),
    ...OPTIONAL_STEP_NAMES.map((step) => retryStepWorkflowId(scanId, step)),
  ];
}

/** The workflow type that deletes one scan and what was made from it. */
export const DELETE_SCAN_WORKFLOW = 'deleteScanWorkflow';

/** Workflow id of a scan's deletion. */
export function deleteScanWorkflowId(scanId: string): string {
  return `delete-scan-${scanId}`;
}

/** The workflow type that collects everything a user has into one file. */
export const EXPORT_DATA_WORKFLOW = 'exportDataWorkflow';

/** Workflow id of a user's export: a user has one at a time. */
export function exportDataWorkflowId(uid: string): string {
  return `export-data-${uid}`;
}

/** The workflow type that deletes an account. */
export const DELETE_ACCOUNT_WORKFLOW = 'deleteAccountWorkflow';

/** Workflow id of an account's deletion. */
export function deleteAccountWorkflowId(uid: string): string {
  return `delete-account-${uid}`;
}

/** The workflow type that delivers one event to one webhook endpoint. */
export const WEBHOOK_DELIVERY_WORKFLOW = 'webhookDeliveryWorkflow';

/** Workflow id of a delivery: an event is delivered to an endpoint once, however often its message comes. */
export function webhookDeliveryWorkflowId(endpointId: string, eventId: string): string {
  return `webhook-${endpointId}-${eventId}`;
}

/** The workflow type that takes a scan's events to one webhook endpoint, in the order in which they come. */
export const SCAN_WEBHOOKS_WORKFLOW = 'scanWebhooksWorkflow';

/** Workflow id of that: one at a time for a scan and an endpoint. */
export function scanWebhooksWorkflowId(endpointId: string, scanId: string): string {
  return `webhooks-${endpointId}-${scanId}`;
}

/** The signal that hands it an event. */
export const SCAN_EVENT_SIGNAL = 'scanEvent';

/** The task queue of the webhook deliveries. It is not the scans' queue, so that endpoints that hang hold up no scan. */
export function webhookTaskQueue(scanTaskQueue: string): string {
  return `${scanTaskQueue}-webhooks`;
}

/**
 * The task queue of the scans' short activities (status, credit, audit, photos deleted, push, event, memory). It is not the
 * scans' queue, so that these activities wait for no slot that a model call holds.
 */
export function shortTaskQueue(scanTaskQueue: string): string {
  return `${scanTaskQueue}-short`;
}

/** The workflow type that archives the histories of closed scans. */
export const ARCHIVE_HISTORIES_WORKFLOW = 'archiveHistoriesWorkflow';

/** The workflow type that verifies and anchors the audit chains. */
export const VERIFY_AUDIT_WORKFLOW = 'verifyAuditWorkflow';

/** The workflow type that verifies chains and anchors for an auditor, and its query. */
export const CHECK_AUDIT_WORKFLOW = 'checkAuditWorkflow';
export const CHECK_AUDIT_QUERY = 'auditCheck';

/** The id under which one such verification of a project runs at a time. */
export function checkAuditWorkflowId(projectId: string): string {
  return `check-audit-${projectId}`;
}

/** The task queue of the daily operations. It is not the scans' queue, so that they take none of the scans' slots. */
export function operationsTaskQueue(scanTaskQueue: string): string {
  return `${scanTaskQueue}-operations`;
}

/** Ids of the daily schedules. The ids of the workflows that a schedule starts begin with its id. */
export const SCHEDULES = { archive: 'archive-histories', audit: 'verify-audit' } as const;

/** The scan that a workflow is about, according to the workflow's id; null for a workflow about something else. */
export function scanIdOfWorkflow(workflowId: string): string | null {
  return /^(?:daily|announce|delete|retry-[a-z]+)-scan-(.+)$/.exec(workflowId)?.[1] ?? null;
}
