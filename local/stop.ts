/**
 * `npm stop`: ends the stack that runs on this machine. It works from any terminal and also when the stack's launcher is
 * gone.
 */

import { Command } from 'commander';
import { defaultInstance } from './stack/stack-file.ts';
import { stopStack } from './stack/stop-stack.ts';

/** How long the launcher may take (ms): longer than all its stop stages together. */
const GRACE_MS = 60_000;

const { instance } = new Command('npm stop --')
  .description('Ends the stack that runs on this machine, also when its terminal is gone.')
  .option('--instance <name>', 'which stack', defaultInstance)
  .parse()
  .opts<{ instance: string }>();

try {
  const { launcher, killed } = await stopStack(instance, GRACE_MS);
  const done = [
    ...(launcher === null ? [] : [`The stack has ended; process ${launcher} had started it.`]),
    ...(killed === 0 ? [] : [`${killed} ${killed === 1 ? 'process' : 'processes'} had to be killed.`]),
  ];
  process.stdout.write(`${done.join(' ') || `No stack is running for the instance "${instance}".`}\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
