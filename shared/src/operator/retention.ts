/** For auditors: how long each kind of data is kept, and what deletes it. */

import { DEVICE_UNSEEN_DAYS } from '../account/users.ts';
import { DAY_MS } from '../durations.ts';
import { SUBMIT_WITHIN_MS, UPLOAD_URL_LIFETIME_MS } from '../scan/uploads.ts';
import { WEBHOOK_RECORD_KEPT_MS } from '../webhooks/deliveries.ts';

const MINUTE_MS = 60_000;

export const RETENTION = [
  {
    what: 'photos of a completed scan, with faces hidden',
    kept: 'until the user deletes the scan or the account',
    by: 'deleteScan, deleteMyAccount',
  },
  {
    what: 'photos of a scan that was rejected, refused, failed or canceled',
    kept: 'until it ends',
    by: 'its workflow or admission, and sweepScans once more when no URL holds',
  },
  {
    what: 'photos that no scan followed',
    kept: `${(UPLOAD_URL_LIFETIME_MS + SUBMIT_WITHIN_MS) / MINUTE_MS} minutes`,
    by: 'sweepScans',
  },
  {
    what: 'scans, results, profile, consents, memories, credits',
    kept: 'until the user deletes the scan or the account',
    by: 'deleteScan, deleteMyAccount',
  },
  {
    what: 'push tokens',
    kept: `${DEVICE_UNSEEN_DAYS} days after they were last renewed`,
    by: 'pruneDevices',
  },
  { what: 'outcomes of pushes', kept: '7 days', by: 'a TTL of the database' },
  {
    what: 'webhook deliveries',
    kept: `${WEBHOOK_RECORD_KEPT_MS / DAY_MS} days after their last change`,
    by: 'a TTL of the database',
  },
  {
    what: 'audit chains of scans and users',
    kept: 'until the account is deleted; of that, audit_chains_erased and account_deleted stay',
    by: 'deleteMyAccount',
  },
  {
    what: "operators' own chains, and the chain of incident mode",
    kept: 'without end',
    by: 'nobody',
  },
  {
    what: 'archived histories (encrypted) and anchors of the audit chains',
    kept: '7 years',
    by: "the archive bucket's lifecycle",
  },
  {
    what: "a user's own export of their data",
    kept: '30 minutes; its link holds for 15',
    by: 'its workflow, and before an account goes',
  },
  {
    what: "auditors' signed exports",
    kept: 'not by us: they leave in the answer; that they were made, and their digest, stay in the chain of the auditor',
    by: 'the auditor, who has the file',
  },
  {
    what: 'histories of workflows in Temporal (encrypted)',
    kept: 'after a workflow has ended, for the retention of the namespace: 7 days as docs/deploy.md makes it',
    by: 'Temporal',
  },
  {
    what: 'logs and traces (ids, codes and times, no health data)',
    kept: 'as long as the log bucket says: 30 days where nobody has changed it on Google Cloud; on one machine until its folder is deleted',
    by: 'Cloud Logging, and whoever runs the collector of traces',
  },
  {
    what: 'limits of calls, grants of a day, and uploads that were noted',
    kept: 'limits until the account is deleted; grants without end; uploads until their URLs have expired',
    by: 'deleteMyAccount, nobody, and sweepScans',
  },
] as const;
