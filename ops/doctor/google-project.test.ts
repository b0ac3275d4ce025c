import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { repositoryRoot } from '../../repository.ts';
import type { Check, Finding } from './check.ts';
import { archiveBucket } from './checks/archive-bucket.ts';
import { clock } from './checks/clock.ts';
import { indexes } from './checks/indexes.ts';
import { photoBucket } from './checks/photo-bucket.ts';
import { rules } from './checks/rules.ts';
import { examine } from './examine.ts';
import {
  ACCESS_TOKEN,
  type GoogleProject,
  type GoogleStandIn,
  startGoogle,
} from './google-stand-in.fixture.ts';
import { productionSite } from './site.ts';

const PROJECT = 'reddyfit-prod';
const PHOTOS = `${PROJECT}.firebasestorage.app`;
const ARCHIVE = `${PROJECT}-archive`;
/** As `gcloud --retention-period=7y` sets it (s). */
const SEVEN_YEARS = '220903200';

const repository = (file: string) => readFileSync(join(repositoryRoot, file), 'utf8');

interface Wanted {
  indexes: { collectionGroup: string; queryScope: string; fields: object[] }[];
  fieldOverrides: {
    collectionGroup: string;
    fieldPath: string;
    ttl?: boolean;
    indexes: Record<string, string>[];
  }[];
}

/** A project to which everything of this checkout is deployed, in the format of Google's APIs. */
function deployed() {
  const wanted = JSON.parse(repository('firestore.indexes.json')) as Wanted;
  const groups = `projects/${PROJECT}/databases/(default)/collectionGroups`;
  return {
    rules: {
      'cloud.firestore': repository('firestore.rules'),
      [`firebase.storage/${PHOTOS}`]: repository('storage.rules'),
    } as Record<string, string>,
    indexes: wanted.indexes.map(({ collectionGroup, queryScope, fields }, at) => ({
      name: `${groups}/${collectionGroup}/indexes/${at}`,
      queryScope,
      fields: [...fields, { fieldPath: '__name__', order: 'ASCENDING' }],
      state: 'READY',
    })),
    fields: wanted.fieldOverrides.map(({ collectionGroup, fieldPath, ttl, indexes: single }) => ({
      name: `${groups}/${collectionGroup}/fields/${fieldPath}`,
      indexConfig: {
        indexes: single.map(({ queryScope, ...field }) => ({
          queryScope,
          fields: [{ fieldPath, ...field }],
          state: 'READY',
        })),
      },
      ...(ttl && { ttlConfig: { state: 'ACTIVE' } }),
    })),
    buckets: {
      [PHOTOS]: {
        iamConfiguration: { publicAccessPrevention: 'enforced', uniformBucketLevelAccess: { enabled: true } },
        lifecycle: JSON.parse(repository('deploy/photo-bucket-lifecycle.json')),
        softDeletePolicy: { retentionDurationSeconds: '0' },
      },
      [ARCHIVE]: {
        iamConfiguration: { publicAccessPrevention: 'enforced' },
        retentionPolicy: { retentionPeriod: SEVEN_YEARS, isLocked: true },
      },
    } as Record<string, Record<string, Record<string, unknown>>>,
  } satisfies GoogleProject;
}

const project = { ...deployed() } as ReturnType<typeof deployed> & { clockAheadMs?: number };
let google: GoogleStandIn;

beforeAll(async () => {
  google = await startGoogle(PROJECT, project);
});
beforeEach(() => void Object.assign(project, deployed(), { clockAheadMs: 0 }));
afterAll(() => google.stop());

/** The findings of a check in the project. */
async function found(check: Check, accessToken = ACCESS_TOKEN): Promise<readonly Finding[]> {
  const site = productionSite(
    { GOOGLE_CLOUD_PROJECT: PROJECT },
    {
      apis: { rules: google.url, firestore: google.url, storage: google.url },
      accessToken: async () => accessToken,
    },
  );
  const [examined] = await examine([check], site);
  await site.close();
  return examined!.findings;
}

const states = (findings: readonly Finding[]) => findings.map(({ state }) => state);

it('finds nothing wrong where everything of this checkout is deployed', async () => {
  for (const check of [rules, indexes, photoBucket, archiveBucket, clock]) {
    const findings = await found(check);
    expect(findings.filter(({ state }) => state !== 'ok')).toEqual([]);
  }
});

it('finds rules that are older, or not there', async () => {
  project.rules['cloud.firestore'] += '\n// as it was last week';
  delete project.rules[`firebase.storage/${PHOTOS}`];
  expect(await found(rules)).toEqual([
    expect.objectContaining({ state: 'error', seen: 'firestore.rules is not what is deployed' }),
    expect.objectContaining({
      state: 'error',
      seen: 'storage.rules: no rules are deployed',
      advice: expect.stringContaining('firebase deploy --only storage'),
    }),
  ]);
});

it('finds indexes that are missing, other, or still being built', async () => {
  project.indexes[0]!.state = 'CREATING';
  project.indexes.splice(1, 1);
  project.fields = project.fields.filter(({ name }) => !/fields\/(results|expiresAt)$/.test(name));
  const token = project.fields.find(({ name }) => name.endsWith('/devices/fields/token'))!;
  token.indexConfig.indexes.pop();
  const findings = await found(indexes);
  const seen = findings.map((finding) => `${finding.state} ${finding.seen}`);
  expect(seen).toEqual([
    'warning scans(userId ASCENDING, status ASCENDING, createdAt DESCENDING) is creating',
    'error scans(userId ASCENDING, status ASCENDING, createdAt ASCENDING) is not there',
    'error scans.results is indexed as every field',
    'error deliveries.expiresAt is indexed as every field',
    'error devices.token is indexed otherwise',
    'error uploads.expiresAt is indexed as every field',
    'error pushes.expiresAt is indexed as every field',
  ]);
});

it('finds buckets that are open, forgetful or not there', async () => {
  project.buckets[PHOTOS]!['iamConfiguration'] = { publicAccessPrevention: 'inherited' };
  expect(states(await found(photoBucket))).toEqual(['error', 'error']);
  project.buckets[PHOTOS] = deployed().buckets[PHOTOS]!;
  (project.buckets[PHOTOS]['lifecycle'] as { rule: unknown[] }).rule.shift();
  expect(await found(photoBucket)).toEqual([
    expect.objectContaining({
      state: 'error',
      seen: `${PHOTOS} lacks 1 of 3 lifecycle rules: photos that nobody owns would stay`,
      advice: expect.stringContaining('--lifecycle-file=deploy/photo-bucket-lifecycle.json'),
    }),
  ]);
  project.buckets[PHOTOS] = {
    ...deployed().buckets[PHOTOS]!,
    softDeletePolicy: { retentionDurationSeconds: '604800' },
    versioning: { enabled: true },
  };
  expect(await found(photoBucket)).toEqual([
    expect.objectContaining({
      state: 'error',
      seen: `${PHOTOS} keeps deleted photos for 7.0 days (soft delete)`,
      advice: expect.stringContaining('--clear-soft-delete'),
    }),
    expect.objectContaining({ state: 'error', seen: `${PHOTOS} keeps old versions of deleted photos` }),
  ]);
  project.buckets[ARCHIVE]!['retentionPolicy'] = { retentionPeriod: '86400' };
  expect(await found(archiveBucket)).toEqual([
    expect.objectContaining({ state: 'error', seen: `${ARCHIVE} keeps objects for 1 days` }),
  ]);
  project.buckets[ARCHIVE]!['retentionPolicy'] = { retentionPeriod: String(7 * 365 * 24 * 3600) };
  expect(states(await found(archiveBucket))).toEqual(['error']);
  project.buckets[ARCHIVE]!['retentionPolicy'] = { retentionPeriod: SEVEN_YEARS };
  expect(states(await found(archiveBucket))).toEqual(['warning']);
  project.buckets = {};
  expect(states([...(await found(photoBucket)), ...(await found(archiveBucket))])).toEqual([
    'error',
    'error',
  ]);
});

it('finds a clock that is off', async () => {
  project.clockAheadMs = 20_000;
  expect(states(await found(clock))).toEqual(['warning']);
  project.clockAheadMs = -120_000;
  expect(await found(clock)).toEqual([
    expect.objectContaining({ state: 'error', seen: expect.stringMatching(/^1(19|20|21) s ahead of/) }),
  ]);
});

it('says when it may not look', async () => {
  expect(await found(rules, 'of someone else')).toEqual([
    expect.objectContaining({ state: 'error', seen: expect.stringContaining('403 (PERMISSION_DENIED)') }),
  ]);
});
