/** What the programs of several commands have in common: how they print and how they end. */

import type { Command } from 'commander';

export const print = (line: string) => void process.stdout.write(`${line}\n`);

/** Does what the process's arguments ask of a program. What that throws is said on standard error, and the exit status is 1. */
export async function runProgram(program: Command): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
