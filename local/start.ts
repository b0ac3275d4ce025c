/** `npm start`: brings the stack up on this machine, sends a demo scan through it, and stays until Ctrl-C. */

import { relative } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { demoUser } from '../fixtures/seed/people.ts';
import { numberAbove0, wholeNumber } from '../ops/numbers.ts';
import { addressLines } from './stack/address-lines.ts';
import { interruption } from './stack/interruption.ts';
import { repositoryRoot } from '../repository.ts';
import { defaultInstance, instanceDir, stackFilePath } from './stack/stack-file.ts';
import { startStack } from './stack/start-stack.ts';

interface StartOptions {
  once: boolean;
  json: boolean;
  demo: boolean;
  instance: string;
  pace: number;
  workers: number;
  openai: boolean;
  otlp?: string;
  monitoring: boolean;
}

const options = new Command('npm start --')
  .description('Starts everything on this machine, runs a demo scan, and stays until Ctrl-C.')
  .option('--once', 'exit after the demo scan: 0 when it completed, 1 otherwise', false)
  .option('--json', "print only the scan's final document on stdout", false)
  .option('--no-demo', 'start the stack alone')
  .option('--instance <name>', 'run beside other stacks, under this name', instanceName, defaultInstance)
  .option('--pace <factor>', "scales the model stand-in's step times; 1 = 330 s in sum", numberAbove0, 0.02)
  .option('--workers <count>', 'how many workers', wholeNumber(1, 99), 1)
  .option('--openai', 'ask the model that OPENAI_API_KEY or AZURE_OPENAI_* give access to', false)
  .option('--otlp <url>', 'send traces and metrics to an OpenTelemetry collector (OTLP over HTTP)')
  .option('--monitoring', 'watch the stack with Prometheus and Alertmanager', false)
  .parse()
  .opts<StartOptions>();

/** Progress goes to stderr, so that it does not mix with the result on stdout. */
const note = (line: string) => void process.stderr.write(`${line}\n`);

process.exitCode = await main(options);

/** Resolves with the exit code once everything has ended. */
async function main(started: StartOptions): Promise<number> {
  const { once, json, demo, instance, pace, workers, openai, otlp, monitoring } = started;
  const say = json ? note : (line: string) => void process.stdout.write(`${line}\n`);
  const interrupted = interruption(instanceDir(instance), () => note('\nStopping; Ctrl-C again to force'));
  const begun = performance.now();
  try {
    const stack = await startStack({
      instance,
      pace,
      workers,
      openai,
      ...(otlp && { otlpEndpoint: otlp }),
      ...(monitoring && { monitoring: {} }),
      web: true,
      signal: interrupted.signal,
      onReady: (part, seconds) => note(`  ready  ${part.padEnd(16)}${seconds.toFixed(1).padStart(5)} s`),
    });
    try {
      say(
        `\nOpen ${stack.addresses.web}\nand make an account, or be ${demoUser.email} with ${demoUser.password}.`,
      );
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      say(
        `\nThe stack is up after ${seconds} s; addresses in ${relative(repositoryRoot, stackFilePath(instance))}`,
      );
      for (const line of addressLines(stack.addresses)) say(`  ${line}`);
      say('');

      const died = stack.died.then((reason) => Promise.reject(reason));
      let completed = true;
      if (demo) {
        const { runDemoScan } = await import('./demo/demo.ts');
        const ending = new AbortController();
        void stack.died.then((reason) => ending.abort(reason));
        const signal = AbortSignal.any([interrupted.signal, ending.signal]);
        const scan = await Promise.race([runDemoScan(stack.addresses, { json, signal }), died]);
        if (json) process.stdout.write(`${JSON.stringify(scan.document, null, 2)}\n`);
        completed = scan.completed;
      }
      if (once) return completed ? 0 : 1;
      note('Ctrl-C ends everything.');
      return await died;
    } finally {
      await stack.stop();
    }
  } catch (error) {
    if (interrupted.signal.aborted) return interrupted.exitCode();
    note(`\n${(error as Error).message}`);
    return 1;
  } finally {
    interrupted.dispose();
  }
}

function instanceName(text: string): string {
  try {
    instanceDir(text);
    return text;
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}
