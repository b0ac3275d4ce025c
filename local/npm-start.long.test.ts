/** The whole stack, started by npm as a user or a supervisor does, and ended by a signal to npm alone. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { afterEach, expect, it } from 'vitest';
import { repositoryRoot } from '../repository.ts';
import { killMarked, markedProcesses } from './processes/marked.ts';
import { instanceDir, stackFilePath } from './stack/stack-file.ts';

const INSTANCE = 'npm-start';
const dir = instanceDir(INSTANCE);
afterEach(() => killMarked(dir));

it('npm start ends the whole stack when npm is sent a SIGTERM', { timeout: 240_000 }, async () => {
  const npm = spawn('npm', ['start', '--', '--no-demo', '--instance', INSTANCE], {
    cwd: repositoryRoot,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(npm, 'exit');
  for await (const line of createInterface({ input: npm.stderr })) {
    if (line.includes('Ctrl-C ends everything')) break;
  }
  npm.stderr.resume();
  expect(existsSync(stackFilePath(INSTANCE))).toBe(true);
  expect(markedProcesses(dir).length).toBeGreaterThan(5);

  npm.kill('SIGTERM');
  await ended;
  await expect.poll(() => markedProcesses(dir), { timeout: 60_000, interval: 200 }).toEqual([]);
  expect(existsSync(stackFilePath(INSTANCE))).toBe(false);
});
