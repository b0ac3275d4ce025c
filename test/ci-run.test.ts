/** What `.ci/run` prints and leaves behind, with commands in the place of npm and npx that end, fail or hang as they are told. */

import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { repositoryRoot } from '../repository.ts';

/** `HANGS`: types and servers say something and do not end; lint fails then. `FAILS`: the command that fails with 7. */
const COMMAND = `#!/bin/bash
hang() { echo "$1 says this"; sleep 600 & echo "$$ $!" >>"$ROOM/processes"; echo >"$ROOM/$1"; wait; }
case "$(basename "$0") $*" in
  'npm ci'*) [ -z "$HANGS" ] || mkfifo "$ROOM/types" "$ROOM/servers" ;;
  *typecheck) [ -z "$HANGS" ] || hang types ;;
  npx*) [ -z "$HANGS" ] || hang servers ;;
  *lint) [ -z "$HANGS" ] || { read -r _ <"$ROOM/types"; read -r _ <"$ROOM/servers"; exit 3; } ;;
  *test) echo 'Failed: one' >>"$REDDYFIT_TEST_COUNTS"; echo '2 1' >>"$REDDYFIT_TEST_COUNTS" ;;
  *test:all) echo '3 0' >>"$REDDYFIT_TEST_COUNTS" ;;
esac
case "$*" in *"$FAILS") [ -z "$FAILS" ] || { echo "$FAILS fails"; exit 7; } ;; esac
`;

let room: string;
beforeAll(() => {
  room = mkdtempSync(join(tmpdir(), 'ci-run-'));
  for (const folder of ['bin', 'tmp', '.ci']) mkdirSync(join(room, folder));
  cpSync(join(repositoryRoot, '.ci/run'), join(room, '.ci/run'));
  for (const name of ['npm', 'npx']) writeFileSync(join(room, 'bin', name), COMMAND, { mode: 0o755 });
});
afterAll(() => rmSync(room, { recursive: true }));

async function run(env: { HANGS?: string; FAILS?: string }) {
  const { exitCode, all } = await execa('bash', [join(room, '.ci/run')], {
    env: {
      HANGS: '',
      FAILS: '',
      ...env,
      ROOM: room,
      TMPDIR: join(room, 'tmp'),
      PATH: `${join(room, 'bin')}:${process.env['PATH']}`,
    },
    all: true,
    reject: false,
  });
  return { exitCode, said: all, last: all.split('\n').at(-1), left: readdirSync(join(room, 'tmp')) };
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

it('a check that fails ends what runs beside it, prints what that said, and leaves nothing', async () => {
  const { exitCode, said, left } = await run({ HANGS: 'yes' });
  expect(exitCode).toBe(3);
  expect(said).toContain('types says this');
  expect(said).toContain('servers says this');
  expect(left).toEqual([]);
  const processes = readFileSync(join(room, 'processes'), 'utf8').match(/\d+/g)!.map(Number);
  expect(processes).toHaveLength(4);
  // Each has its signal; the kernel takes a moment.
  await vi.waitFor(() => expect(processes.filter(isAlive)).toEqual([]), 10_000);
});

it('a type error fails the run, is printed once, and no test runs', async () => {
  const { exitCode, said, left } = await run({ FAILS: 'typecheck' });
  expect(exitCode).toBe(1);
  expect(said.split('typecheck fails')).toHaveLength(2);
  expect(said).not.toContain('npm test');
  expect(left).toEqual([]);
});

it.each([
  ['test', 7],
  ['test:all', 7],
  ['', 0],
])('the last line counts the tests when "%s" fails, and the exit code is %i', async (FAILS, code) => {
  const { exitCode, said, last, left } = await run({ FAILS });
  expect(exitCode).toBe(code);
  expect(said).toContain('Failed: one');
  expect(last).toBe('5 passed, 1 failed');
  expect(left).toEqual([]);
});
