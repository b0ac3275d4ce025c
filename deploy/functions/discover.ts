/** What `firebase deploy` would make of the built functions: learned by the same way as it learns it. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { repositoryRoot } from '../../repository.ts';

/** The SDK's list of functions, params and APIs: "v1alpha1" of the CLI. */
export type FunctionsManifest = Readonly<Record<string, unknown>>;

/** Any project: the list must not depend on it. */
const PROJECT = 'demo-manifest';

const SOURCE = join(repositoryRoot, 'functions');

/**
 * Loads functions/lib, which must have been built, as the CLI does: the SDK's program, in the functions' folder, with the
 * CLI's variables and no others. Throws with its output when that fails.
 */
export async function discoverFunctions(): Promise<FunctionsManifest> {
  const folder = mkdtempSync(join(tmpdir(), 'reddyfit-manifest-'));
  try {
    const manifest = join(folder, 'functions.yaml');
    const program = join(repositoryRoot, 'node_modules/.bin/firebase-functions');
    const ran = await execa(process.execPath, [program, SOURCE], {
      cwd: SOURCE,
      extendEnv: false,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        GCLOUD_PROJECT: PROJECT,
        FIREBASE_CONFIG: JSON.stringify({ projectId: PROJECT }),
        FUNCTIONS_CONTROL_API: 'true',
        FUNCTIONS_MANIFEST_OUTPUT_PATH: manifest,
      },
      all: true,
      reject: false,
    });
    if (ran.failed) throw new Error(`the functions could not be loaded:\n${ran.all}`);
    return JSON.parse(readFileSync(manifest, 'utf8')) as FunctionsManifest;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Throws where the CLI would refuse the list: an unknown trigger, memory that there is not, a param that is not declared. */
export function acceptByCli(manifest: FunctionsManifest): void {
  const { yamlToBuild } = createRequire(import.meta.url)(
    'firebase-tools/lib/deploy/functions/runtimes/discovery',
  ) as { yamlToBuild(yaml: unknown, project: string, region: string, runtime: string): unknown };
  // It changes what it is given.
  yamlToBuild(structuredClone(manifest), PROJECT, 'us-central1', 'nodejs24');
}
