/** What `firebase deploy` would make of the built functions, found in the same way in which the CLI finds it. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { repositoryRoot } from '../../repository.ts';

/** The SDK's list of functions, params and APIs, in the CLI's format "v1alpha1". */
export type FunctionsManifest = Readonly<Record<string, unknown>>;

/** An arbitrary project: the list must not depend on it. */
const PROJECT = 'demo-manifest';

const SOURCE = join(repositoryRoot, 'functions');

/**
 * Loads functions/lib as the CLI does: runs the SDK's program in the functions' folder, with the CLI's variables and no
 * others. The functions must have been built. Throws with the program's output when it fails.
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

/** Throws where the CLI would refuse the list: for an unknown trigger, an unsupported memory size or an undeclared param. */
export function acceptByCli(manifest: FunctionsManifest): void {
  const { yamlToBuild } = createRequire(import.meta.url)(
    'firebase-tools/lib/deploy/functions/runtimes/discovery',
  ) as { yamlToBuild(yaml: unknown, project: string, region: string, runtime: string): unknown };
  // yamlToBuild changes its argument.
  yamlToBuild(structuredClone(manifest), PROJECT, 'us-central1', 'nodejs24');
}
