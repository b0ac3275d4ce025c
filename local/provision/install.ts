/** Installs one server into the cache, completely or not at all. Only one process installs it at a time. */

import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { execa } from 'execa';
import { claim } from '../processes/claim.ts';
import { cachedBinary } from './find.ts';
import type { RunCommand } from './installers.ts';
import type { Server } from './servers.ts';

export interface InstallOptions {
  /** The cache folder. */
  readonly cache: string;
  /** Aborts the install. */
  readonly signal?: AbortSignal | undefined;
  /** Called with each line that the installers print. */
  readonly onLine?: ((line: string) => void) | undefined;
}

type Installed = Pick<Server, 'name' | 'version' | 'binary' | 'purpose' | 'install'>;

/**
 * Resolves with the path of the server's executable. When another process is installing the same server, waits for that
 * process. Throws, with the last lines of the install's log, when the install fails; no partial install stays behind.
 */
export async function installServer(server: Installed, options: InstallOptions): Promise<string> {
  const { cache } = options;
  const binary = cachedBinary(server, cache);
  const folder = dirname(dirname(binary));
  mkdirSync(cache, { recursive: true });

  let lock = claim(`${folder}.lock`);
  if (!lock.held) options.onLine?.(`another process (${lock.holder.pid}) is installing it`);
  for (; !lock.held; lock = claim(`${folder}.lock`)) await wait(250, undefined, { signal: options.signal });
  try {
    if (existsSync(binary)) return binary;
    removePartials(folder);
    await installInto(server, folder, options);
    return binary;
  } finally {
    lock.release();
  }
}

const partial = (folder: string) => `${folder}.partial`;

/** Removes what a killed install has left. Only the process that holds the lock may call it. */
function removePartials(folder: string): void {
  for (const name of readdirSync(dirname(folder))) {
    if (name.startsWith(partial(basename(folder)))) rmSync(join(dirname(folder), name), { recursive: true });
  }
  rmSync(folder, { recursive: true, force: true });
}

async function installInto(server: Installed, folder: string, options: InstallOptions): Promise<void> {
  const draft = `${partial(folder)}-${process.pid}`;
  const log = join(options.cache, 'logs', `${basename(folder)}.log`);
  mkdirSync(dirname(log), { recursive: true });
  mkdirSync(draft);
  writeFileSync(log, '');
  try {
    await server.install(draft, runLogged(log, options));
    if (!existsSync(join(draft, 'bin', server.binary))) throw new Error(`it left no bin/${server.binary}`);
    renameSync(draft, folder);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new Error(
      `The ${server.purpose} could not be installed: ${reason}\n${tail(log)}\n(whole log: ${log})`,
      { cause },
    );
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function runLogged(log: string, { signal, onLine }: InstallOptions): RunCommand {
  return async (command, args, { cwd, env } = {}) => {
    appendFileSync(log, `$ ${[command, ...args].join(' ')}\n`);
    const running = execa(command, args, {
      ...(cwd === undefined ? {} : { cwd }),
      ...(env === undefined ? {} : { env }),
      ...(signal === undefined ? {} : { cancelSignal: signal }),
      stdin: 'ignore',
      all: true,
      buffer: false,
    });
    for await (const line of running.iterable({ from: 'all' })) {
      appendFileSync(log, `${line}\n`);
      onLine?.(line);
    }
    await running;
  };
}

/** The last lines of a log, indented. */
function tail(path: string): string {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n').slice(-15);
  return lines.map((line) => `    ${line}`).join('\n');
}
