import { beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { buildFunctions } from '../../local/stack/builds.ts';
import { acceptByCli, discoverFunctions, type FunctionsManifest } from './discover.ts';

let manifest: FunctionsManifest;

beforeAll(async () => {
  await buildFunctions(new AbortController().signal);
  manifest = await discoverFunctions();
});

/** Leaves out the fields that are null, which are those that the platform decides. */
const said = (value: unknown) =>
  JSON.parse(JSON.stringify(value, (_, one: unknown) => one ?? undefined)) as unknown;

describe('what firebase deploy would deploy', () => {
  it('is what stands in the repository: triggers, regions, secrets, memory, instances (write it anew with vitest -u)', async () => {
    await expect(stringify(said(manifest), { lineWidth: 0 })).toMatchFileSnapshot(
      '../functions.manifest.yaml',
    );
  });

  it('is accepted by the CLI', () => {
    expect(() => acceptByCli(manifest)).not.toThrow();
    expect(() => acceptByCli({ ...manifest, endpoints: { api: { platform: 'gcfv2' } } })).toThrow(
      'Failed to parse build specification',
    );
  });
});
