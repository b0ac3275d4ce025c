/** docs/commands.md names every command, so that nobody has to read package.json or a folder to find one. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { repositoryRoot } from '../repository.ts';

/** Scripts that npm itself runs before others. */
const NOT_FOR_PEOPLE = ['words'];

const page = readFileSync(join(repositoryRoot, 'docs/commands.md'), 'utf8');
const programs = Object.entries(manifest.scripts).flatMap(([name, script]) => {
  const file = /^exec node (\S+\.ts)$/.exec(script)?.[1];
  return file && !NOT_FOR_PEOPLE.includes(name) ? [{ name, file }] : [];
});

it('names every program that npm runs', () => {
  expect(programs.length).toBeGreaterThan(15);
  const named = programs.filter(({ name }) => new RegExp(`^- \`npm (?:run )?${name}[ \`]`, 'm').test(page));
  expect(named).toEqual(programs);
});

it('names every measurement that has no script, as it is run', () => {
  const scripted = programs.map(({ file }) => file);
  const alone = readdirSync(join(repositoryRoot, 'bench'))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `bench/${name}`)
    .filter((file) => readFileSync(join(repositoryRoot, file), 'utf8').includes('new Command('))
    .filter((file) => !scripted.includes(file));
  expect(alone.length).toBeGreaterThan(0);
  expect(alone.filter((file) => page.includes(`- \`npx node ${file}`))).toEqual(alone);
});
