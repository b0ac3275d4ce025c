/**
 * npm run drill: shows, on a stack of its own, that killing the only worker triggers a page, that another worker resolves
 * it, and that the scan which waited meanwhile completes. The rules and routes are those of deploy/monitoring, with their
 * windows shortened to a thirtieth.
 */

import { Command } from 'commander';
import { startPagerDuty } from './drill/pagerduty.ts';
import { loseTheWorker } from './drill/lose-the-worker.ts';
import { interruption } from './stack/interruption.ts';
import { instanceDir } from './stack/stack-file.ts';
import { startStack } from './stack/start-stack.ts';

const WINDOWS = 1 / 30;

const { instance } = new Command('npm run drill --')
  .description(
    'Kills the only worker of a stack of its own, and shows the page, the scan that waits, and the end of both.',
  )
  .option('--instance <name>', 'name of the stack', 'drill')
  .parse()
  .opts<{ instance: string }>();

const begun = performance.now();
const say = (line: string) =>
  void process.stdout.write(`${((performance.now() - begun) / 1000).toFixed(1).padStart(6)} s  ${line}\n`);

process.exitCode = await main();

/** Resolves with the exit code once everything has ended; 0 when the drill succeeded. */
async function main(): Promise<number> {
  const interrupted = interruption(instanceDir(instance), () => say('Stopping; Ctrl-C again to force'));
  const pagerDuty = await startPagerDuty();
  try {
    const stack = await startStack({
      instance,
      // The drill adds and kills its own worker: the end of one that is started here would end the stack.
      workers: 0,
      monitoring: { windows: WINDOWS, pagerDutyUrl: pagerDuty.url },
      signal: interrupted.signal,
    });
    try {
      say(`The stack is up; alerts at ${stack.addresses.prometheus}/api/v1/alerts`);
      await loseTheWorker(stack, pagerDuty, say, interrupted.signal);
      return 0;
    } finally {
      await stack.stop();
    }
  } catch (error) {
    if (interrupted.signal.aborted) return interrupted.exitCode();
    say((error as Error).message);
    return 1;
  } finally {
    await pagerDuty.close();
    interrupted.dispose();
  }
}
