/** The archive: objects that are written once, never changed, and kept for years in a bucket of their own. */

/** How long the bucket's retention policy keeps every object (s): seven years of 365.25 days, as `gcloud --retention-period=7y`. */
export const ARCHIVE_RETENTION_SECONDS = 7 * 31_557_600;

/** The archive bucket of a project. It is not the bucket of the photos, since photos are deleted. */
export function defaultArchiveBucket(projectId: string): string {
  return `${projectId}-archive`;
}

/** YYYY/MM/DD of a time, UTC. */
export function dayFolder(at: Date): string {
  return at.toISOString().slice(0, 10).replaceAll('-', '/');
}

/** Object names in the archive bucket. */
export const archived = {
  histories: () => 'workflow-archives/',
  /** Histories of workflows that closed on the day of `at`. */
  historiesOf: (at: Date) => `workflow-archives/${dayFolder(at)}/`,
  history: (run: { workflowId: string; runId: string; closedAt: Date }) =>
    `workflow-archives/${dayFolder(run.closedAt)}/${run.workflowId}-${run.runId}.json.gz`,
  /** Folder of the anchors of a month `YYYY/MM`. */
  anchorsOf: (month: string) => `audit-anchors/${month}/`,
  /** The anchor of a day `YYYY-MM-DD`: the root over all audit chains. */
  anchor: (day: string) => `audit-anchors/${day.replaceAll('-', '/')}.json`,
  /** One page of the chain heads over which the root is computed; pages are numbered from 1. */
  anchorPage: (day: string, page: number) =>
    `audit-anchors/${day.replaceAll('-', '/')}/${String(page).padStart(6, '0')}.ndjson.gz`,
} as const;
