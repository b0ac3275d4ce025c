/** What the end of a run says, by a run of a toy suite. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it, onTestFinished } from 'vitest';
import { repositoryRoot } from '../repository.ts';

const SUITE = `
import { expect, it } from 'vitest';

let tries = 0;
it('needs a second try', () => expect(++tries).toBe(2));
it('fails', () => expect('this').toBe('that'));
it.for(Array.from({ length: 11 }, (_, n) => n))('is quick, %d', () => undefined);
it('is slow', () => new Promise((done) => setTimeout(done, 2000)));
`;

const CONFIG = `
export default { test: { name: 'toy', include: ['toy.test.ts'], retry: 1, reporters: ['default', '${repositoryRoot}/test/closing-reporter.ts'] } };
`;

it(
  'lists the ten slowest tests and those that needed a second try, and keeps the counts',
  { timeout: 60_000 },
  async () => {
    // Inside the repository, so that the toy suite finds its packages.
    const local = join(repositoryRoot, '.local');
    mkdirSync(local, { recursive: true, mode: 0o700 });
    const dir = mkdtempSync(join(local, 'closing-reporter-'));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    const counts = join(dir, 'counts');
    writeFileSync(join(dir, 'toy.test.ts'), SUITE);
    writeFileSync(join(dir, 'vitest.config.mjs'), CONFIG);
    const { exitCode, stdout } = await execa('vitest', ['run', '--root', dir], {
      cwd: repositoryRoot,
      preferLocal: true,
      reject: false,
      env: { REDDYFIT_TEST_COUNTS: counts, NO_COLOR: '1', FORCE_COLOR: undefined },
      stdin: 'ignore',
    });
    expect(exitCode).toBe(1);

    const [, slowest, flaky] =
      /The 10 slowest tests\n([^]*?)\n\nFlaky: passed only when tried again \(1\)[^\n]*\n([^]*)$/.exec(
        stdout,
      )!;
    const lines = slowest!.split('\n');
    expect(lines).toHaveLength(10);
    expect(lines[0]).toMatch(/ {3}\d+\.\d s {2}toy toy\.test\.ts: is slow$/);
    expect(flaky).toMatch(/^ {2}2 tries {2}toy toy\.test\.ts: needs a second try\n +expected 1 to be 2/);
    expect(readFileSync(counts, 'utf8')).toMatch(
      /^Failed: toy toy\.test\.ts: fails: expected 'this' to be 'that'[^\n]* \([^\n]*toy\.test\.ts:6\)\n13 1\n$/,
    );
  },
);
