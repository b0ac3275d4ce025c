/**
 * Workflow bundles for the tests, each made once: webpack takes three seconds of a core for one, and a dozen test files ask for
 * four different ones. A bundle is kept under `node_modules/.cache` by what it is made of, so that any change of the sources,
 * of the packages or of the options makes another.
 */

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BundleOptions, bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const REPOSITORY = join(import.meta.dirname, '../../..');
const FOLDER = join(REPOSITORY, 'node_modules/.cache/reddyfit/workflow-bundles');
const SOURCES = ['worker/src', 'worker/test', 'shared/src', 'package-lock.json'];

/** The bundle of these workflows, whatever their logger; two that ask at once make it twice, and either is kept. */
export async function bundleOnce(options: BundleOptions): Promise<{ code: string }> {
  const hash = createHash('sha256').update(JSON.stringify({ ...options, logger: null }));
  for (const source of SOURCES) addTo(hash, join(REPOSITORY, source));
  const kept = join(FOLDER, `${hash.digest('hex').slice(0, 32)}.js`);
  try {
    return { code: readFileSync(kept, 'utf8') };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const { code } = await bundleWorkflowCode({ ...options, logger: new DefaultLogger('ERROR') });
  mkdirSync(FOLDER, { recursive: true });
  const draft = `${kept}.${process.pid}`;
  writeFileSync(draft, code);
  renameSync(draft, kept);
  return { code };
}

/** Names and contents of the TypeScript under a path. */
function addTo(hash: ReturnType<typeof createHash>, path: string): void {
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path).toSorted()) {
      if (statSync(join(path, name)).isDirectory() || name.endsWith('.ts')) addTo(hash, join(path, name));
    }
    return;
  }
  hash.update(`\n${path}\n`).update(readFileSync(path));
}
