/** The photo bucket is there, and closed to everyone without our signature. */

import { type Check, type Finding, ok, problem, skipped } from '../check.ts';
import type { Site } from '../site.ts';
import { askGoogle } from './credentials.ts';
import { metadataOf } from '../bucket-metadata.ts';

export const photoBucket: Check = {
  name: 'photo bucket',
  run: (site) => askGoogle(site, look),
};

async function look({ kind, storage, bucket }: Site): Promise<Finding | readonly Finding[]> {
  const metadata = await metadataOf(storage, bucket);
  if (!metadata)
    return problem(`${bucket} is not there`, 'Make it in the Firebase console: Storage, Get started.');
  if (kind === 'stack') return [ok(bucket), skipped('privacy: the local storage server has no IAM')];
  const { publicAccessPrevention, uniformBucketLevelAccess } = metadata.iamConfiguration ?? {};
  const findings: Finding[] = [];
  const update = `gcloud storage buckets update gs://${bucket}`;
  if (publicAccessPrevention !== 'enforced') {
    findings.push(problem(`${bucket} could be made public`, `${update} --public-access-prevention`));
  }
  if (!uniformBucketLevelAccess?.enabled) {
    findings.push(
      problem(`${bucket} has access lists on objects`, `${update} --uniform-bucket-level-access`),
    );
  }
  return findings.length > 0 ? findings : ok(`${bucket}, public access prevented, uniform access`);
}
