/**
 * How well body fat is estimated from girths and profile: compares the product's own equations and interval with people whose
 * body fat a laboratory has measured. Prints bias, error and coverage of each equation, and the correlation of the equations'
 * errors.
 *
 *     npm run bench:body-fat -- --csv FILE [FILE…]
 *
 * Exits with 1 when a bar is missed. docs/vision.md describes the files and tells where public ones are available.
 */

import { Command } from 'commander';
import { readPeople } from './body-fat/people.ts';
import { judgePeople } from './body-fat/judge.ts';
import { mixtureLines } from './body-fat/mixture.ts';
import { barsOf, correlationLines, groupLines } from './body-fat/table.ts';

const command = new Command('bench:body-fat')
  .requiredOption('--csv <files...>', 'people whose body fat is known')
  .parse();
const { csv } = command.opts<{ csv: string[] }>();
// All of them before the first is judged, so that a file that cannot be read is told of at once.
const files = await Promise.all(csv.map(async (file) => ({ file, ...(await readPeople(file)) }))).catch(
  (error: Error) => command.error(`error: ${error.message}`),
);

let inBars = true;
for (const { file, people, leftOut } of files) {
  const judged = people.map(judgePeople);
  console.log(
    `\n${file}: ${people.length} people${leftOut.length > 0 ? `, left out: ${leftOut.join('; ')}` : ''}\n`,
  );
  for (const line of groupLines(judged)) console.log(line);
  console.log('\ncorrelation of errors (about their mean; about the truth)\n');
  for (const line of correlationLines(judged)) console.log(line);
  console.log('\nbest mixture of equations, made of one half and judged on the other\n');
  for (const line of mixtureLines(judged)) console.log(line);
  console.log('');
  for (const { what, value, bar, reached } of barsOf(judged)) {
    console.log(`${reached ? '✓' : '✗'} ${what.padEnd(52)}  ${value.padEnd(12)}  ${bar}`);
    inBars &&= reached;
  }
}
process.exitCode = inBars ? 0 : 1;
