/**
 * Finds a server's executable: in an explicit path from the environment, on PATH, or in the project's cache, in this
 * order.
 */

import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheDir } from './cache.ts';
import type { Server } from './servers.ts';

/** What the search reads of the machine; by default, what this process sees. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isExecutable: (path: string) => boolean;
  /** True when the executable runs at all. */
  readonly answers: (path: string, args: readonly string[]) => boolean;
}

const here: Surroundings = {
  env: process.env,
  isExecutable(path) {
    try {
      accessSync(path, constants.X_OK);
      return statSync(path).isFile();
    } catch {
      return false;
    }
  },
  answers: (path, args) => spawnSync(path, args, { stdio: 'ignore', timeout: 20_000 }).status === 0,
};

type Wanted = Pick<Server, 'name' | 'version' | 'binary' | 'alsoCalled' | 'env' | 'purpose' | 'versionArgs'>;

/**
 * Path of the server's executable, or null when it has to be installed. Throws when its environment variable names
 * something that does not run. An executable on PATH that does not run is skipped.
 */
export function findServer(server: Wanted, surroundings: Surroundings = here): string | null {
  const { env, isExecutable, answers } = surroundings;
  const runs = (path: string) =>
    isExecutable(path) && (server.versionArgs === null || answers(path, server.versionArgs));

  const explicit = env[server.env];
  if (explicit) {
    if (runs(explicit)) return explicit;
    throw new Error(`${server.env} names ${explicit}, which does not run as a ${server.purpose}.`);
  }
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    if (folder === '') continue;
    for (const name of [server.binary, ...(server.alsoCalled ? [server.alsoCalled] : [])]) {
      const candidate = join(folder, name);
      if (runs(candidate)) return candidate;
    }
  }
  const cached = cachedBinary(server, cacheDir(env));
  return isExecutable(cached) ? cached : null;
}

/** Where the cache keeps a server: `<name>-<version>/bin/<binary>`. */
export function cachedBinary(server: Pick<Server, 'name' | 'version' | 'binary'>, cache: string): string {
  return join(cache, `${server.name}-${server.version}`, 'bin', server.binary);
}
