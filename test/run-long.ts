/**
 * `npm run test:all`: the long tests, in two runs of Vitest at the same time. Those of the web client have a stack of their
 * own and mostly wait for a page; in two consecutive runs half of two cores would be idle. The output of the web client's run
 * is shown when both have ended. Exits with 1 when either failed.
 */

import { Command } from 'commander';
import { execa } from 'execa';

const files = new Command('npm run test:all --')
  .description('Runs the long tests, which npm test leaves out.')
  .argument('[files...]', 'parts of the paths of the files to run (default: all)')
  .parse().args;

const vitest = ['run', '--mode', 'long', '--passWithNoTests', ...files];
const options = { preferLocal: true, reject: false } as const;
const web = execa('vitest', [...vitest, '--project', 'web'], { ...options, stdin: 'ignore', all: true });
const others = await execa('vitest', [...vitest, '--project', '!web'], {
  ...options,
  stdio: ['ignore', 'inherit', 'inherit'],
});
const { all, exitCode } = await web;
process.stdout.write(`\nThe web client\n${all}\n`);
process.exitCode = others.exitCode === 0 && exitCode === 0 ? 0 : 1;
