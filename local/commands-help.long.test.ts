/** Every command in the scripts of package.json answers `--help` from its own entry file, and does nothing else then. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import pLimit from 'p-limit';
import { expect, it } from 'vitest';
import { repositoryRoot } from '../repository.ts';

const { scripts } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

/** Scripts that npm itself runs before others; nobody asks them for help. */
const NOT_FOR_PEOPLE = ['words'];

const commands = Object.entries(scripts).flatMap(([name, script]) => {
  const file = /^exec node (\S+\.ts)$/.exec(script)?.[1];
  return file && !NOT_FOR_PEOPLE.includes(name) ? [{ name, file }] : [];
});

const ask = (file: string, ...args: string[]) =>
  // No server listens at this address: a command that did its work would fail, or print more than its usage.
  execa(process.execPath, [join(repositoryRoot, file), ...args], {
    reject: false,
    env: { TEMPORAL_ADDRESS: '127.0.0.1:9' },
  });

it('each says how it is used', { timeout: 300_000 }, async () => {
  expect(commands.length).toBeGreaterThan(15);
  const answers = await pLimit(2).map(commands, async ({ name, file }) => {
    const { exitCode, stdout, stderr } = await ask(file, '--help');
    return {
      name,
      exitCode,
      usage: /^(Usage: |npm run )/.test(stdout),
      stderr,
    };
  });
  expect(answers).toEqual(commands.map(({ name }) => ({ name, exitCode: 0, usage: true, stderr: '' })));
});

it('each refuses what it does not know, and names it', { timeout: 300_000 }, async () => {
  const answers = await pLimit(2).map(commands, async ({ name, file }) => {
    const { exitCode, stderr } = await ask(file, '--no-such-option');
    return { name, failed: exitCode !== 0, named: /--no-such-option|required option/.test(stderr) };
  });
  expect(answers).toEqual(commands.map(({ name }) => ({ name, failed: true, named: true })));
});
