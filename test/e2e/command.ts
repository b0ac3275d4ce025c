/** Runs an operator's command as a process on the suite's stack. */

import { basename, join } from 'node:path';
import { execa } from 'execa';
import { inject } from 'vitest';
import { repositoryRoot } from '../../repository.ts';

export interface CommandOutput {
  exitCode: number | undefined;
  stdout: string;
  stderr: string;
}

/**
 * Runs `ops/<name>.ts` with these arguments against the suite's instance. Resolves with its output, whatever its exit code
 * is.
 */
export function command(name: string, ...args: string[]): Promise<CommandOutput> {
  return commandWith({}, name, ...args);
}

/** As `command`, with more in the environment. */
export async function commandWith(
  env: Readonly<Record<string, string>>,
  name: string,
  ...args: string[]
): Promise<CommandOutput> {
  const instance = basename(inject('instanceDir'));
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    [join(repositoryRoot, `ops/${name}.ts`), ...args, '--instance', instance],
    { reject: false, stdin: 'ignore', env },
  );
  return { exitCode, stdout, stderr };
}
