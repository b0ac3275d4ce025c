/** Builds what a stack runs. Each part is built again only when its sources are newer than its last build. */

import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { execa } from 'execa';
import { claim } from '../processes/claim.ts';
import { repositoryRoot } from '../../repository.ts';

interface Build {
  readonly name: string;
  /** Files and folders in the repository. */
  readonly sources: readonly string[];
  readonly built: string;
  readonly command: readonly [file: string, ...args: string[]];
}

const at = (path: string) => join(repositoryRoot, path);

/**
 * The workflow bundle that all workers of all stacks load: to bundle the workflows itself would take each worker 3 s and
 * half a gigabyte.
 */
export const WORKFLOW_BUNDLE = at('.local/workflows.js');

const FUNCTIONS: Build = {
  name: 'functions',
  sources: [
    'functions/src',
    'functions/package.json',
    'functions/tsdown.config.ts',
    'shared/src',
    'package-lock.json',
  ],
  built: at('functions/lib/index.js'),
  command: ['npm', 'run', 'build', '--workspace', 'functions'],
};

const WORKFLOWS: Build = {
  name: 'workflows',
  sources: ['worker/src', 'worker/bundle-workflows.ts', 'shared/src', 'package-lock.json'],
  built: WORKFLOW_BUNDLE,
  command: [process.execPath, 'worker/bundle-workflows.ts', WORKFLOW_BUNDLE],
};

const WEB: Build = {
  name: 'web client',
  sources: [
    'clients/web/index.html',
    'clients/web/package.json',
    'clients/web/public',
    'clients/web/service-worker',
    'clients/web/src',
    'clients/web/vite.config.ts',
    'clients/sdk/src',
    'shared/src',
    'package-lock.json',
  ],
  built: at('clients/web/dist/index.html'),
  command: ['npm', 'run', 'build', '--workspace', 'clients/web'],
};

/** Built into a folder within the web client's build, which a build of the web client empties. */
const OPERATOR: Build = {
  name: "operator's desk",
  sources: [
    'clients/operator/index.html',
    'clients/operator/package.json',
    'clients/operator/src',
    'clients/operator/vite.config.ts',
    'clients/web/src',
    'shared/src',
    'package-lock.json',
  ],
  built: at('clients/web/dist/operator/index.html'),
  command: ['npm', 'run', 'build', '--workspace', 'clients/operator'],
};

/** Resolves when `functions/lib`, which the emulator runs, is up to date. Throws with the build's output. */
export const buildFunctions = (signal: AbortSignal) => build(FUNCTIONS, signal);

/** Resolves when WORKFLOW_BUNDLE is up to date. Throws with the build's output. */
export const bundleWorkflows = (signal: AbortSignal) => build(WORKFLOWS, signal);

/** Resolves when `clients/web/dist`, including the operator's desk, is up to date. Throws with the build's output. */
export async function buildWeb(signal: AbortSignal): Promise<void> {
  await build(WEB, signal);
  await build(OPERATOR, signal);
}

/** Builds under a lock, so that two stacks that start at once build once. */
async function build({ name, sources, built, command }: Build, signal: AbortSignal): Promise<void> {
  mkdirSync(at('.local'), { recursive: true });
  const lockPath = at(`.local/${name.replaceAll(/\W+/g, '-')}-build.lock`);
  let lock = claim(lockPath);
  for (; !lock.held; lock = claim(lockPath)) await wait(100, undefined, { signal });
  try {
    if (existsSync(built) && statSync(built).mtimeMs > newest(sources.map(at))) return;
    const [file, ...args] = command;
    const done = await execa(file, args, {
      cwd: repositoryRoot,
      all: true,
      reject: false,
      cancelSignal: signal,
    });
    signal.throwIfAborted();
    if (done.failed) throw new Error(`The ${name} could not be built:\n${done.all}`);
  } finally {
    lock.release();
  }
}

/** Time of the newest change (ms since 1970) among files and all files in folders. */
function newest(paths: readonly string[]): number {
  const times = paths.map((path) => {
    const stat = statSync(path);
    if (!stat.isDirectory()) return stat.mtimeMs;
    return Math.max(stat.mtimeMs, newest(readdirSync(path).map((name) => join(path, name))));
  });
  return Math.max(0, ...times);
}
