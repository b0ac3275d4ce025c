import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { STEP_NAMES, STEPS } from './steps.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** Where every step is named: its entry, its work, and its place in a scan. A language's file has words for each. */
const NAMED_IN = ['shared/src/scan/steps.ts', 'worker/src/scan/daily-scan.ts', 'worker/src/steps/index.ts'];
const LANGUAGES = /^shared\/src\/words\/[a-z]{2}\.ts$/;

const namesAll = (text: string) => STEP_NAMES.every((name) => new RegExp(`\\b${name}\\b`).test(text));

it('nothing else lists all steps, so that one more is added in these places alone', async () => {
  const lists: string[] = [];
  for await (const file of glob('{shared,functions,worker,clients/sdk}/src/**/*.ts', { cwd: ROOT }))
    lists.push(file);
  for await (const file of glob('{clients/terminal,local,ops}/**/*.ts', { cwd: ROOT })) lists.push(file);
  const naming: string[] = [];
  for (const file of lists) {
    if (/(\.test|\.fixture)\.ts$|\/trial\//.test(file) || LANGUAGES.test(file)) continue;
    if (namesAll(await readFile(join(ROOT, file), 'utf8'))) naming.push(file);
  }
  expect(naming.toSorted()).toEqual(NAMED_IN);
});

it('a step comes after all that it needs', () => {
  for (const [index, { needs }] of STEPS.entries())
    expect(STEP_NAMES.slice(0, index)).toEqual(expect.arrayContaining([...needs]));
});
