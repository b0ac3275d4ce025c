/** Checks that the deployed security rules are those of this checkout. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../../repository.ts';
import { type Check, type Finding, ok, problem, skipped } from '../check.ts';
import type { Site } from '../site.ts';
import { askGoogle } from './credentials.ts';
import type { GoogleApis } from '../google-apis.ts';

export const rules: Check = {
  name: 'rules',
  run: (site) => askGoogle(site, look),
};

async function look({ google, projectId, bucket }: Site): Promise<Finding | readonly Finding[]> {
  if (!google) return skipped('the stack reads the files of this checkout');
  return Promise.all([
    compare(google, projectId, 'cloud.firestore', 'firestore.rules'),
    compare(google, projectId, `firebase.storage/${bucket}`, 'storage.rules'),
  ]);
}

async function compare(
  google: GoogleApis,
  projectId: string,
  release: string,
  file: string,
): Promise<Finding> {
  const advice = `npx firebase deploy --only ${file.split('.')[0]}, from the commit that is to be live`;
  const released = await google.rules(`projects/${projectId}/releases/${encodeURIComponent(release)}`);
  if (!released) return problem(`${file}: no rules are deployed`, advice);
  const ruleset = (await google.rules(String(released['rulesetName']))) as {
    source?: { files?: { content?: string }[] };
  } | null;
  const deployed = ruleset?.source?.files?.map(({ content }) => content ?? '').join('\n') ?? '';
  const ours = readFileSync(join(repositoryRoot, file), 'utf8');
  if (deployed.trim() === ours.trim()) return ok(`${file} is what is deployed`);
  return problem(`${file} is not what is deployed`, advice);
}
