/**
 * Checks that the photo bucket exists, is closed to everyone without a signed URL, deletes photos that nobody owns, and keeps
 * nothing that was deleted.
 */

import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';

import { type Check, type Finding, ok, problem, skipped } from '../check.ts';
import type { Site } from '../site.ts';
import { askGoogle } from './credentials.ts';
import { metadataOf } from '../bucket-metadata.ts';

/**
 * The lifecycle rules that back sweepUploads up: photos that no completed scan owns are deleted after a week, exports after
 * two days.
 */
const LIFECYCLE_FILE = 'deploy/photo-bucket-lifecycle.json';
const wantedLifecycle = (
  JSON.parse(
    readFileSync(new URL('../../../deploy/photo-bucket-lifecycle.json', import.meta.url), 'utf8'),
  ) as {
    rule: unknown[];
  }
).rule;

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
  // By default Cloud Storage keeps deleted objects for a week, so a photo would outlive its user's erasure.
  const { softDeletePolicy, versioning } = metadata;
  const keptSeconds = Number(softDeletePolicy?.retentionDurationSeconds ?? 0);
  if (keptSeconds > 0) {
    findings.push(
      problem(
        `${bucket} keeps deleted photos for ${(keptSeconds / 86_400).toFixed(1)} days (soft delete)`,
        `${update} --clear-soft-delete`,
      ),
    );
  }
  if (versioning?.enabled) {
    findings.push(problem(`${bucket} keeps old versions of deleted photos`, `${update} --no-versioning`));
  }
  const rules: readonly unknown[] = metadata.lifecycle?.rule ?? [];
  const missing = wantedLifecycle.filter((wanted) => !rules.some((rule) => isDeepStrictEqual(rule, wanted)));
  if (missing.length > 0) {
    findings.push(
      problem(
        `${bucket} lacks ${missing.length} of ${wantedLifecycle.length} lifecycle rules: photos that nobody owns would stay`,
        `${update} --lifecycle-file=${LIFECYCLE_FILE}`,
      ),
    );
  }
  return findings.length > 0
    ? findings
    : ok(
        `${bucket}, public access prevented, uniform access, lifecycle rules set, nothing kept once deleted`,
      );
}
