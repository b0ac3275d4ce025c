/** For commands in the worker's image, whose only parser of options is Node's. */

import { parseArgs } from 'node:util';

/**
 * What `parse` reads of the process's arguments. With `--help`, prints `usage` and ends the process with 0; where `parse` throws, says
 * what it says, prints `usage` and ends the process with 2.
 */
export function valuesOr<Values extends { help: boolean }>(usage: string, parse: () => Values): Values {
  try {
    const values = parse();
    if (!values.help) return values;
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${usage}\n`);
    process.exit(2);
  }
}

/** As `valuesOr`, for a command without options. */
export function answerHelp(usage: string): void {
  valuesOr(usage, () => parseArgs({ options: { help: { type: 'boolean', default: false } } }).values);
}
