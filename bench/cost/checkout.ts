/** Checks the older commit out into a folder of its own, with its own packages. The folder is made once and then reused. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../../repository.ts';

/** The file that `npm ci` writes when it is done. */
const INSTALLED = 'node_modules/.package-lock.json';

/** The folder of a commit's sources. Throws when there is no such commit, or when `npm ci` fails there. */
export function checkOut(commit: string): string {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', repositoryRoot, ...args], { maxBuffer: 2 ** 30 });
  const sha = git('rev-parse', '--verify', '--end-of-options', `${commit}^{commit}`).toString().trim();
  const folder = join(tmpdir(), `reddyfit-cost-${sha}`);
  if (existsSync(join(folder, INSTALLED))) return folder;
  const draft = `${folder}.${process.pid}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  execFileSync('tar', ['-x', '-C', draft], { input: git('archive', sha) });
  renameSync(draft, folder);
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return folder;
}
