/**
 * Makes each workflow bundle of the tests only once, since webpack takes three seconds of a core for one, and a dozen
 * test files ask for four different ones. A bundle is kept under `node_modules/.cache` by the hash of what it is made
 * of, so any change of the sources, the packages or the options makes another bundle.
 */

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BundleOptions, bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const REPOSITORY = join(import.meta.dirname, '../../..');
const FOLDER = join(REPOSITORY, 'node_modules/.cache/reddyfit/workflow-bundles');
const SOURCES = ['worker/src', 'worker/test', 'shared/src', 'package-lock.json'];

/**
 * The bundle for these options, whatever their logger. Two processes that ask at the same time both make it, and the
 * last one written is kept.
 */
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

/** Adds the names and contents of the TypeScript files below a path to the hash. */
function addTo(hash: ReturnType<typeof createHash>, path: string): void {
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path).toSorted()) {
      if (statSync(join(path, name)).isDirectory() || name.endsWith('.ts')) addTo(hash, join(path, name));
    }
    return;
  }
  hash.update(`\n${path}\n`).update(readFileSync(path));
}
