/** `npm run doctor` on the running stack. */

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { basename } from 'node:path/posix';
import { promisify } from 'node:util';
import { expect, inject } from 'vitest';
import type { Examined } from '../../ops/doctor/examine.ts';
import { repositoryRoot } from '../../repository.ts';
import { it } from './world.ts';

/** The doctor's findings and its exit code. */
async function doctor(): Promise<{ examined: Examined[]; code: number }> {
  const args = [
    join(repositoryRoot, 'ops/doctor.ts'),
    '--json',
    `--instance=${basename(inject('instanceDir'))}`,
  ];
  const run = promisify(execFile)(process.execPath, args, { cwd: repositoryRoot });
  const { stdout, code } = await run.then(
    ({ stdout: output }) => ({ stdout: output, code: 0 }),
    (error: { stdout: string; code: number }) => error,
  );
  return { examined: JSON.parse(stdout) as Examined[], code };
}

it('the doctor finds a stack in good health, and says what it cannot see there', async () => {
  const { examined, code } = await doctor();
  const states = Object.fromEntries(
    examined.map(({ name, findings }) => [name, [...new Set(findings.map(({ state }) => state))].join()]),
  );
  expect(examined.flatMap(({ findings }) => findings).filter(({ state }) => state === 'error')).toEqual([]);
  expect(states).toEqual({
    environment: 'ok',
    clock: 'ok',
    Temporal: 'ok',
    certificates: 'skipped',
    'namespace retention': 'skipped',
    'search attributes': 'ok',
    'queue pollers': 'ok',
    credentials: 'skipped',
    Firestore: 'ok',
    rules: 'skipped',
    indexes: 'skipped',
    'photo bucket': 'ok,skipped',
    'archive bucket': 'skipped',
    topic: 'ok',
  });
  expect(code).toBe(0);
});
