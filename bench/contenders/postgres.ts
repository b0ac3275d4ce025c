/** Starts a Postgres server from an npm package, with its defaults: it waits for the disk at each commit. */

import { chmodSync, chownSync, cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Child } from '../../local/stack/child.ts';
import { freePort } from '../../local/stack/ports.ts';
import { untilReady } from '../../local/stack/ready.ts';
import type { Ground } from './contender.ts';
import { packageFolder, POSTGRES } from './packages.ts';

/** Postgres does not run as root; where the bench does, it runs as the user that owns nothing. */
const NOBODY = 65_534;

export async function startPostgres({ tree, data }: Ground): Promise<{ server: Child; url: string }> {
  const asRoot = process.getuid?.() === 0;
  const folder = join(data, 'postgres');
  mkdirSync(folder);
  let program = join(packageFolder(POSTGRES), 'native');
  if (asRoot) {
    // Nobody may not look into root's folders.
    cpSync(program, join(data, 'postgres-program'), { recursive: true, verbatimSymlinks: true });
    program = join(data, 'postgres-program');
    chmodSync(data, 0o711);
    chownSync(folder, NOBODY, NOBODY);
  }
  const as = (file: string, args: readonly string[]) => {
    const command = [join(program, 'bin', file), ...args];
    if (!asRoot) return command;
    return ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', ...command];
  };
  const cluster = join(folder, 'cluster');
  const [init, ...initArgs] = as('initdb', [
    '-D',
    cluster,
    '-U',
    'postgres',
    '--auth=trust',
    '--encoding=UTF8',
    '--no-locale',
  ]);
  await execa(init!, initArgs);

  const port = await freePort();
  const [command, ...args] = as('postgres', ['-D', cluster, '-p', String(port), '-h', '127.0.0.1', '-k', '']);
  const server = await tree.run({ name: 'postgres', command: command!, args });
  const url = `postgresql://postgres@127.0.0.1:${port}`;
  const [ready, ...readyArgs] = as('pg_ctl', ['-D', cluster, 'status']);
  const isUp = async () => (await execa(ready!, readyArgs, { reject: false })).exitCode === 0;
  await untilReady(server, isUp, tree.signal);
  return { server, url };
}
