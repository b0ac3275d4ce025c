/** Serves the built web client as Hosting does, with the headers of firebase.json. */

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { loopback } from '../ports.ts';
import { answersOk, untilReady } from '../ready.ts';
import { repositoryRoot } from '../../../repository.ts';
import type { Starting } from '../starting.ts';

const vite = dirname(createRequire(import.meta.url).resolve('vite/package.json'));

/** Resolves when the server answers. The web client must have been built. */
export async function startWeb({ dir, ports, run, signal }: Starting): Promise<void> {
  const child = await run({
    name: 'web',
    command: process.execPath,
    args: [
      join(vite, 'bin/vite.js'),
      'preview',
      join(repositoryRoot, 'clients/web'),
      '--host=127.0.0.1',
      `--port=${ports.web}`,
      '--strictPort',
    ],
    env: { REDDYFIT_STACK_FILE: join(dir, 'stack.json') },
  });
  await untilReady(child, () => answersOk(`http://${loopback(ports.web)}/`), signal);
}
