import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { provisionOne } from '../../local/provision/provision.ts';
import { descriptorPython } from '../../local/provision/servers.ts';
import { goModules } from '../../local/provision/versions.ts';
import { readEnv } from '../../worker/src/env.ts';

/** The values that envsubst would fill in. */
const VALUES: Readonly<Record<string, string>> = {
  PROJECT_ID: 'reddyfit-prod',
  REGION: 'us-central1',
  IMAGE: 'registry.example/reddyfit-worker:4f2a91c',
  BUILD_ID: '4f2a91c',
  TEMPORAL_ADDRESS: 'scans.a1b2c.tmprl.cloud:7233',
  TEMPORAL_NAMESPACE: 'scans.a1b2c',
  OPENAI_API_KEY: 'sk-example',
  PAYLOAD_ENCRYPTION_KEYS: `one:${Buffer.alloc(32, 1).toString('base64')}`,
  REGISTRY: 'registry.example',
  REGISTRY_USERNAME: 'puller',
  REGISTRY_PASSWORD: 'example',
  TEMPORAL_CLIENT_CERT_BASE64: 'YQ==',
  TEMPORAL_CLIENT_KEY_BASE64: 'YQ==',
  GOOGLE_CREDENTIALS_BASE64: 'YQ==',
};

/** The time limit of the estimation in worker/src/scan/activity-proxies.ts (s). */
const LONGEST_STEP_SECONDS = 600;

const folder = mkdtempSync(join(tmpdir(), 'reddyfit-descriptors-'));
let python: string;
let keda: string;

beforeAll(async () => {
  python = await provisionOne(descriptorPython);
  const { module, version } = goModules.keda;
  const { stdout } = await execa('go', ['mod', 'download', '-json', `${module}@v${version}`], {
    cwd: folder,
  });
  keda = (JSON.parse(stdout) as { Dir: string }).Dir;
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The descriptor with its values filled in. Throws for a variable that VALUES lacks. */
function filled(path: string): string {
  const text = readFileSync(join(import.meta.dirname, '..', path), 'utf8').replace(/^\s*#.*\n/gm, '');
  return text.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    if (VALUES[name] === undefined) throw new Error(`${path} wants ${name}`);
    return VALUES[name];
  });
}

/** The problems that a check finds. */
async function check(kind: string, path: string, text = filled(path)): Promise<string> {
  const file = join(folder, basename(path));
  writeFileSync(file, text);
  const more = kind === 'keda' ? [keda] : [];
  const args = [join(import.meta.dirname, 'check.py'), kind, file, ...more];
  return promisify(execFile)(python, args).then(
    ({ stdout }) => stdout,
    (error: { stdout: string; stderr: string }) => error.stdout + error.stderr,
  );
}

const parsed = (path: string) =>
  parseAllDocuments(filled(path)).map((document) => document.toJS() as unknown);

describe.each([
  ['kubernetes', 'kubernetes/worker.yaml', 'terminationGracePeriodSeconds', 'terminationGrace'],
  ['keda', 'kubernetes/scaling.yaml', 'taskQueue', 'queue'],
  ['keda', 'kubernetes/scaling.yaml', 'minReplicaCount', 'minimum'],
  ['cloud-run', 'cloud-run-worker-pool.yaml', 'serviceAccountName', 'serviceAccount'],
  ['azure', 'azure-container-instance.yaml', 'secureValue', 'secretValue'],
])('%s: %s', (kind, path, name, misspelled) => {
  it('is what its platform takes', async () => {
    expect(await check(kind, path)).toBe('');
  });

  it(`would not be with ${misspelled} for ${name}`, async () => {
    const text = filled(path).replaceAll(`${name}:`, `${misspelled}:`);
    expect(await check(kind, path, text)).toContain(misspelled);
  });
});

interface Container {
  env?: { name: string; value?: string; valueFrom?: object }[];
}

/** A container's environment as the worker would read it, including variables that come from a secret. */
const environment = (container: Container) =>
  Object.fromEntries(
    (container.env ?? []).map(({ name, value }) => [name, value ?? VALUES[name] ?? `secret of ${name}`]),
  );

interface Deployment {
  spec: { template: { spec: { terminationGracePeriodSeconds: number; containers: Container[] } } };
}

describe('a worker so described', () => {
  const [, deployment] = parsed('kubernetes/worker.yaml') as [unknown, Deployment];
  const [pool] = parsed('cloud-run-worker-pool.yaml') as [Deployment];
  const [group] = parsed('azure-container-instance.yaml') as [
    {
      properties: {
        containers: {
          properties: { environmentVariables: { name: string; value?: string; secureValue?: string }[] };
        }[];
      };
    },
  ];
  const onKubernetes = environment(deployment.spec.template.spec.containers[0]!);

  it.each([
    ['Kubernetes', onKubernetes],
    ['Cloud Run', environment(pool.spec.template.spec.containers[0]!)],
    [
      'Azure',
      environment({
        env: group.properties.containers[0]!.properties.environmentVariables.map(
          ({ name, value, secureValue }) => ({
            name,
            value: value ?? secureValue!,
          }),
        ),
      }),
    ],
  ])('would start on %s, under its deployment and build', (_, env) => {
    expect(readEnv(env)).toMatchObject({
      deployment: { deploymentName: 'reddyfit-worker', buildId: VALUES.BUILD_ID },
      temporal: { address: VALUES.TEMPORAL_ADDRESS, namespace: VALUES.TEMPORAL_NAMESPACE },
      encryption: { encrypts: true },
    });
  });

  it('may end the longest step of a scan before Kubernetes kills it', () => {
    const grace = Number(onKubernetes['WORKER_SHUTDOWN_GRACE_SECONDS']);
    expect(grace).toBeGreaterThan(LONGEST_STEP_SECONDS);
    expect(deployment.spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThan(grace);
  });

  it('is one of at least one', () => {
    const scaled = parsed('kubernetes/scaling.yaml')[1];
    expect(scaled).toMatchObject({ kind: 'ScaledObject', spec: { minReplicaCount: 1 } });
  });
});
