/**
 * npm forwards a signal only to the shell that runs a script, and a shell that did not `exec` the command leaves the
 * command running.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, it } from 'vitest';
import { killMarked, markedProcesses } from '../processes/marked.ts';
import { DEVELOPMENT_KEYS } from './development-key.ts';
import { baseEnvironment } from './environment.ts';
import { repositoryRoot } from '../../repository.ts';

const { scripts } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

it.each(Object.entries(scripts).filter(([, script]) => /\b(node|vitest|vite)\b/.test(script)))(
  'npm run %s takes the place of its shell',
  (_, script) => {
    expect(script).toMatch(/^exec (node|vitest|vite) /);
  },
);

/** What marks every process of this test. */
const mark = join(repositoryRoot, '.local/npm-signals');
afterEach(() => killMarked(mark));

it('a SIGTERM to npm alone ends the script that it runs', async () => {
  const env = {
    ...baseEnvironment(process.env, mark),
    TEMPORAL_ADDRESS: '127.0.0.1:7233',
    TEMPORAL_NAMESPACE: 'default',
    PAYLOAD_ENCRYPTION_KEYS: DEVELOPMENT_KEYS,
    CODEC_SERVER_AUTH: 'none',
    CODEC_SERVER_PORT: '0',
  };
  // This script runs until it is told to end, needs no other server, and reports that it is up.
  const npm = spawn('npm', ['run', 'codec-server'], {
    cwd: repositoryRoot,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: npm.stdout })) {
    if (line.includes('codec_server_started')) break;
  }
  expect(markedProcesses(mark).length).toBeGreaterThan(1);

  const ended = once(npm, 'exit');
  npm.kill('SIGTERM');
  await ended;
  await expect.poll(() => markedProcesses(mark), { timeout: 5000 }).toEqual([]);
});
