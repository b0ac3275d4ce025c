/** The whole stack, started by npm as a user or a supervisor does. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import type { Scan } from '@reddyfit/shared/scan/document';
import { STEP_NAMES } from '@reddyfit/shared/scan/steps';
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
  // The functions emulator runs no schedules, so the launcher does.
  const scheduled = readFileSync(join(dir, 'logs/scheduled-functions.log'), 'utf8');
  for (const name of ['pruneDevices', 'sweepScans', 'sweepSignIns'])
    expect(scheduled).toContain(`Z ${name} runs next at `);

  npm.kill('SIGTERM');
  await ended;
  await expect.poll(() => markedProcesses(dir), { timeout: 60_000, interval: 200 }).toEqual([]);
  expect(existsSync(stackFilePath(INSTANCE))).toBe(false);
});

it(
  'npm start -- --once shows a demo scan to its end, and leaves nothing behind',
  { timeout: 240_000 },
  async () => {
    const { exitCode, stdout } = await execa(
      'npm',
      ['start', '--silent', '--', '--once', '--json', '--instance', INSTANCE],
      {
        cwd: repositoryRoot,
        reject: false,
        stdin: 'ignore',
      },
    );
    expect(exitCode).toBe(0);
    const document = JSON.parse(stdout) as Scan;
    expect(document).toMatchObject({ status: 'completed', progress: 100 });
    expect(Object.keys(document.results!).toSorted()).toEqual(STEP_NAMES.toSorted());
    expect(markedProcesses(dir)).toEqual([]);
    expect(existsSync(stackFilePath(INSTANCE))).toBe(false);
  },
);
