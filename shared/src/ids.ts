/** Names and ids that more than one part must spell the same way. */

/** The Temporal task queue of the scan workers. */
export const DEFAULT_TASK_QUEUE = 'body-fat-analysis-queue';

/** The workflow type that runs one scan. */
export const DAILY_SCAN_WORKFLOW = 'dailyScanWorkflow';

/** The Pub/Sub topic that carries scan state changes. */
export const SCAN_EVENTS_TOPIC = 'scan-events';

/** What a scan id may be: it names a document, a folder and a workflow. */
export const SCAN_ID_PATTERN = /^[A-Za-z0-9_-]{1,128}$/;

/** Workflow id of a scan. One scan, one workflow, however often the trigger fires. */
export function dailyScanWorkflowId(scanId: string): string {
  return `daily-scan-${scanId}`;
}
