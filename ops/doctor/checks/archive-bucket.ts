/** Checks that the archive's bucket keeps every object for seven years, and that nobody can delete one earlier. */

import { ARCHIVE_RETENTION_SECONDS, defaultArchiveBucket } from '@reddyfit/shared/audit/archive';
import { type Check, type Finding, ok, problem, skipped, warning } from '../check.ts';
import type { Site } from '../site.ts';
import { askGoogle } from './credentials.ts';
import { metadataOf } from '../bucket-metadata.ts';

const DAY_SECONDS = 24 * 3600;

export const archiveBucket: Check = {
  name: 'archive bucket',
  run: (site) => askGoogle(site, look),
};

async function look({ kind, storage, projectId, env }: Site): Promise<Finding | readonly Finding[]> {
  const bucket = env['ARCHIVE_BUCKET'] || defaultArchiveBucket(projectId);
  if (kind === 'stack') return skipped('the local storage server knows no retention');
  const metadata = await metadataOf(storage, bucket);
  const create = `gcloud storage buckets create gs://${bucket} --uniform-bucket-level-access --public-access-prevention --retention-period 7y`;
  if (!metadata) return problem(`${bucket} is not there`, create);
  const update = `gcloud storage buckets update gs://${bucket}`;
  const seconds = Number(metadata.retentionPolicy?.retentionPeriod ?? 0);
  const days = Math.floor(seconds / DAY_SECONDS);
  const findings: Finding[] = [];
  if (seconds < ARCHIVE_RETENTION_SECONDS) {
    findings.push(problem(`${bucket} keeps objects for ${days} days`, `${update} --retention-period 7y`));
  } else if (!metadata.retentionPolicy?.isLocked) {
    findings.push(
      warning(
        `${bucket} keeps objects for ${days} days, until someone changes that`,
        `${update} --lock-retention-period, which cannot be taken back`,
      ),
    );
  }
  if (metadata.iamConfiguration?.publicAccessPrevention !== 'enforced') {
    findings.push(problem(`${bucket} could be made public`, `${update} --public-access-prevention`));
  }
  return findings.length > 0 ? findings : ok(`${bucket}, ${days} days, locked`);
}
