/**
 * The comparison of engines as its command runs it, without the product: each engine runs scans alone and at once, and loses a
 * worker. The packages come by the lock file of bench/engines, against whose declarations the two workers there are compiled.
 */

import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { execa } from 'execa';
import { beforeAll, expect, it } from 'vitest';
import { markedProcesses } from '../../local/processes/marked.ts';
import { instanceDir } from '../../local/stack/stack-file.ts';
import { repositoryRoot } from '../../repository.ts';
import { DATA, INSTANCE } from './ground.ts';
import { installEngines } from './packages.ts';

beforeAll(() => installEngines(), 300_000);

const run = (file: string, ...args: string[]) =>
  execa(file, args, { cwd: repositoryRoot, preferLocal: true });

it('compiles against the declarations of DBOS and Restate', async () => {
  const { stdout } = await run('tsc', '-p', 'bench/engines', '--listFilesOnly');
  for (const file of ['bench/engines/dbos.ts', 'bench/engines/restate.ts']) expect(stdout).toContain(file);
  await run('tsc', '-p', 'bench/engines');
}, 120_000);

it('completes scans on each engine, also of a killed worker, and leaves nothing behind', async () => {
  const { stdout } = await run('npm', 'run', '--silent', 'bench:engines', '--', '--quick', '--no-product');
  const rows = stdout.split('\n').filter((line) => line.startsWith('|'));
  expect(rows[0]).toMatch(/seed workflow on Temporal +\| DBOS +\| Restate/);
  for (const engine of ['seed workflow on Temporal', 'DBOS', 'Restate']) {
    const killed = rows.find(
      (row) => row.startsWith(`| ${engine}`) && row.includes('in the middle of a step'),
    );
    // One kill, one step that ran twice, no document that went back.
    expect(killed).toMatch(/\| 1 +\| [\d.]+ +\| -?[\d.]+ +\| 1 +\| 0 +\|$/);
  }
  expect(markedProcesses(instanceDir(INSTANCE))).toEqual([]);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith(DATA))).toEqual([]);
}, 300_000);
