/** For commands without options in the worker's image, whose only parser of options is Node's. */

import { parseArgs } from 'node:util';

/** With `--help`, prints `usage` and ends the process. Throws a TypeError that names the argument at any other argument. */
export function answerHelp(usage: string): void {
  const { values } = parseArgs({ options: { help: { type: 'boolean', default: false } } });
  if (!values.help) return;
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
