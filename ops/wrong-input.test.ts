/** What a person is told who asks a command for help, or gives it something wrong: a sentence, and never a trace. */

import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';

const run = (command: string, ...args: string[]) =>
  execa(process.execPath, [join(import.meta.dirname, `${command}.ts`), ...args], {
    reject: false,
    stdin: 'ignore',
  });

describe.concurrent('a command', () => {
  it.each([
    ['promote', ['--deployment', 'd', '--bild-id', 'b'], "Unknown option '--bild-id'", 2],
    ['promote', ['--deployment', 'd'], '--deployment and --build-id are needed', 2],
    ...['Infinity', '', '604801'].map((timeout): [string, string[], string, number] => [
      'promote',
      ['--deployment', 'd', '--build-id', 'b', `--timeout=${timeout}`],
      '--timeout takes whole seconds from 1 to 604800',
      2,
    ]),
    ['schedules', ['now'], "Unexpected argument 'now'", 2],
    ['codec-server', ['--port', '1'], "Unknown option '--port'", 2],
    ['archive', ['list', '--limit', 'ten'], 'It is a whole number from 1 to', 1],
    ['archive', ['list', '--day', 'yesterday'], 'a day, as 2026-11-30', 1],
    ['credits', ['grant', '--user', 'u', '--amount', 'ten'], 'It is a whole number from 1 to', 1],
    ['report', ['--histories', ''], 'It is a whole number from 0 to 1000', 1],
    ['incident', ['pause'], "required option '--reference <id>'", 1],
    ['audit', ['verify'], 'say which: one of', 1],
    ['../bench/body-fat', ['--csv', import.meta.filename], 'its columns are none of', 1],
  ])('%s says what is wrong with %j', async (command, args, said, code) => {
    const { exitCode, stderr } = await run(command, ...args);
    expect(stderr).toContain(said);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect(exitCode).toBe(code);
  });

  it.each([
    ['incident', 'drain'],
    ['operators', 'ask'],
    ['webhooks', 'deliveries'],
    ['credits', 'grant'],
    ['audit', 'verify'],
  ])('%s %s names in its help how a stack and a project are chosen', async (command, verb) => {
    const { stdout, exitCode } = await run(command, verb, '--help');
    expect(stdout).toContain('--instance <name>');
    expect(stdout).toContain('--project <id>');
    expect(exitCode).toBe(0);
  });
});
