/** Checks that the indexes of firestore.indexes.json are deployed and built; a query without its index fails. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../../repository.ts';
import { type Check, type Finding, ok, problem, skipped, warning } from '../check.ts';
import type { Site } from '../site.ts';
import { askGoogle } from './credentials.ts';
import type { GoogleApis, Json } from '../google-apis.ts';

const DEPLOY = 'npx firebase deploy --only firestore:indexes';

interface IndexField {
  fieldPath: string;
  order?: string;
  arrayConfig?: string;
  vectorConfig?: { dimension: number };
}

interface Index {
  /** `…/collectionGroups/<group>/indexes/<id>`; only a deployed index has a name. */
  name?: string;
  collectionGroup?: string;
  queryScope: string;
  fields: IndexField[];
  state?: string;
}

interface FieldOverride {
  collectionGroup: string;
  fieldPath: string;
  ttl?: boolean;
  indexes: { queryScope?: string; order?: string; arrayConfig?: string }[];
}

interface DeployedField {
  name: string;
  indexConfig?: { indexes?: Omit<Index, 'name'>[] };
  ttlConfig?: { state?: string };
}

export const indexes: Check = {
  name: 'indexes',
  run: (site) => askGoogle(site, look),
};

async function look({ google, projectId }: Site): Promise<Finding | readonly Finding[]> {
  if (!google) return skipped('the emulator needs none');
  const wanted = JSON.parse(readFileSync(join(repositoryRoot, 'firestore.indexes.json'), 'utf8')) as {
    indexes: Index[];
    fieldOverrides: FieldOverride[];
  };
  const groups = `projects/${projectId}/databases/(default)/collectionGroups/-`;
  const own = encodeURIComponent('indexConfig.usesAncestorConfig:false OR ttlConfig:*');
  const [deployed, fields] = await Promise.all([
    all<Index>(google, `${groups}/indexes?pageSize=300`, 'indexes'),
    all<DeployedField>(google, `${groups}/fields?filter=${own}&pageSize=300`, 'fields'),
  ]);
  const findings = [
    ...wanted.indexes.flatMap((index) => indexProblems(index, deployed)),
    ...wanted.fieldOverrides.flatMap((override) => fieldProblems(override, fields)),
  ];
  if (findings.length > 0) return findings;
  return ok(`${wanted.indexes.length} indexes and ${wanted.fieldOverrides.length} fields`);
}

/** All pages of a list, joined. */
async function all<One>(google: GoogleApis, path: string, name: string): Promise<One[]> {
  const found: One[] = [];
  for (let token = ''; ;) {
    const page: Json | null = await google.firestore(
      token ? `${path}&pageToken=${encodeURIComponent(token)}` : path,
    );
    found.push(...((page?.[name] ?? []) as One[]));
    token = String(page?.['nextPageToken'] ?? '');
    if (!token) return found;
  }
}

function indexProblems(wanted: Index, deployed: readonly Index[]): Finding[] {
  const found = deployed.find((index) => wordingOf(index) === wordingOf(wanted));
  if (!found) return [problem(`${wordingOf(wanted)} is not there`, DEPLOY)];
  if (found.state === 'READY') return [];
  return [warning(`${wordingOf(wanted)} is ${found.state?.toLowerCase()}`, 'Wait until it is built.')];
}

function fieldProblems(
  { collectionGroup, fieldPath, indexes: wanted, ttl }: FieldOverride,
  deployed: readonly DeployedField[],
): Finding[] {
  const wording = `${collectionGroup}.${fieldPath}`;
  const field = deployed.find(({ name }) =>
    name.endsWith(`/collectionGroups/${collectionGroup}/fields/${fieldPath}`),
  );
  if (!field) return [problem(`${wording} is indexed as every field`, DEPLOY)];
  const findings: Finding[] = [];
  const there = (field.indexConfig?.indexes ?? []).map(({ queryScope, fields: [one] }) =>
    [queryScope, one?.order ?? one?.arrayConfig].join(' '),
  );
  const ours = wanted.map(
    ({ queryScope = 'COLLECTION', order, arrayConfig }) => `${queryScope} ${order ?? arrayConfig}`,
  );
  if (there.toSorted().join() !== ours.toSorted().join()) {
    findings.push(problem(`${wording} is indexed otherwise`, DEPLOY));
  }
  if (ttl && field.ttlConfig?.state !== 'ACTIVE') {
    findings.push(problem(`${wording} ends nothing: its TTL is ${field.ttlConfig?.state ?? 'off'}`, DEPLOY));
  }
  return findings;
}

/**
 * An index for people: `scans(userId ASCENDING, createdAt DESCENDING)`, without the field `__name__`, which Firestore adds
 * itself.
 */
function wordingOf({ name, collectionGroup, queryScope, fields }: Index): string {
  const group = collectionGroup ?? /\/collectionGroups\/([^/]+)\//.exec(name ?? '')?.[1];
  const named = fields
    .filter(({ fieldPath }) => fieldPath !== '__name__')
    .map(({ fieldPath, order, arrayConfig, vectorConfig }) =>
      [fieldPath, order ?? arrayConfig ?? `vector of ${vectorConfig?.dimension}`].join(' '),
    );
  return `${group}(${named.join(', ')})${queryScope === 'COLLECTION' ? '' : ` in ${queryScope}`}`;
}
