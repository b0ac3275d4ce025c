/** Builds the functions when their sources are newer than what was built; the emulator runs the built ones. */

import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { execa } from 'execa';
import { claim } from '../processes/claim.ts';
import { repositoryRoot } from './stack-file.ts';

const SOURCES = [
  'functions/src',
  'functions/package.json',
  'functions/tsdown.config.ts',
  'shared/src',
  'package-lock.json',
];
const BUILT = 'functions/lib/index.js';

/** Resolves when `functions/lib` is up to date; two stacks that start at once build once. Throws with the build's output. */
export async function buildFunctions(signal: AbortSignal): Promise<void> {
  mkdirSync(at('.local'), { recursive: true });
  const lockPath = at('.local/functions-build.lock');
  let lock = claim(lockPath);
  for (; !lock.held; lock = claim(lockPath)) await wait(100, undefined, { signal });
  try {
    if (existsSync(at(BUILT)) && statSync(at(BUILT)).mtimeMs > newest(SOURCES.map(at))) return;
    const build = await execa('npm', ['run', 'build', '--workspace', 'functions'], {
      cwd: repositoryRoot,
      all: true,
      reject: false,
      cancelSignal: signal,
    });
    signal.throwIfAborted();
    if (build.failed) throw new Error(`The functions could not be built:\n${build.all}`);
  } finally {
    lock.release();
  }
}

const at = (path: string) => join(repositoryRoot, path);

/** Time of the newest change (ms since 1970) among files and all files in folders. */
function newest(paths: readonly string[]): number {
  const times = paths.map((path) => {
    const stat = statSync(path);
    if (!stat.isDirectory()) return stat.mtimeMs;
    return Math.max(stat.mtimeMs, newest(readdirSync(path).map((name) => join(path, name))));
  });
  return Math.max(0, ...times);
}
