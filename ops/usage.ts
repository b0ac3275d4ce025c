/** For commands that take no options and are in the worker's image, which holds no parser of them but Node's. */

import { parseArgs } from 'node:util';

/** Prints `usage` and ends the process when `--help` is asked for. Throws TypeError, which names it, at any other argument. */
export function answerHelp(usage: string): void {
  const { values } = parseArgs({ options: { help: { type: 'boolean', default: false } } });
  if (!values.help) return;
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
