/** A command of an operator, as a process on the stack of the suite. */

import { basename, join } from 'node:path';
import { execa } from 'execa';
import { inject } from 'vitest';
import { repositoryRoot } from '../../repository.ts';

export interface CommandOutput {
  exitCode: number | undefined;
  stdout: string;
  stderr: string;
}

/** Runs `ops/<name>.ts` with these arguments against the suite's instance; resolves however it ends. */
export async function command(name: string, ...args: string[]): Promise<CommandOutput> {
  const instance = basename(inject('instanceDir'));
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    [join(repositoryRoot, `ops/${name}.ts`), ...args, '--instance', instance],
    { reject: false, stdin: 'ignore' },
  );
  return { exitCode, stdout, stderr };
}
