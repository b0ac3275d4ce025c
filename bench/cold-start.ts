/**
 * How long a new instance of the functions takes until its code is loaded: each import runs in a new process.
 *
 *     npx node bench/cold-start.ts [--runs 10]
 *
 * Measures the bundle, then the packages that it imports at once, then those that it imports when they are first needed; each
 * alone, so that they share nothing. Node's own start is not included. Exits with 1 when the bundle's median is above its
 * bar. The bar is in CPU time, since the elapsed time depends on what else the machine does.
 */

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { medianOf } from '@reddyfit/shared/median';
import { Command } from 'commander';
import { buildFunctions } from '../local/stack/builds.ts';
import { wholeNumber } from '../ops/numbers.ts';
import { repositoryRoot } from '../repository.ts';

/** CPU time of loading the bundle (ms). */
const BAR_MS = 1000;

const FUNCTIONS = join(repositoryRoot, 'functions');
const BUNDLE = './lib/index.js';

interface Measured {
  /** Elapsed time of the import (ms). */
  readonly clock: number;
  /** CPU time of the import (ms). */
  readonly cpu: number;
  /** Resident memory after the import (MiB). */
  readonly memory: number;
}

const { runs } = new Command('npx node bench/cold-start.ts')
  .option('--runs <count>', 'imports that count', wholeNumber(1, 999), 10)
  .parse()
  .opts<{ runs: number }>();

await buildFunctions(new AbortController().signal);
const code = readFileSync(join(FUNCTIONS, BUNDLE), 'utf8');
const first = named(code, /^import .* from "([^"]+)"/gm).filter((name) => !name.startsWith('node:'));
const later = named(code, /\bimport\("([^"]+)"\)/g).filter((name) => !first.includes(name));

const bundle = report('the bundle', [BUNDLE])[0]!;
report('what it imports at once', first);
report('what it imports when first needed', later);
console.log(`bar for the bundle: ${BAR_MS} ms of CPU`);
process.exitCode = bundle.cpu <= BAR_MS ? 0 : 1;

/** The packages that the code names in imports of one kind. */
function named(text: string, imports: RegExp): string[] {
  return [...new Set([...text.matchAll(imports)].map(([, name]) => name!))];
}

/** Prints the medians of each module, and returns them. */
function report(title: string, modules: readonly string[]): Measured[] {
  console.log(title);
  const medians = modules.map((module) => {
    const measured = measure(module);
    const [clock, cpu, memory] = (['clock', 'cpu', 'memory'] as const).map((what) =>
      medianOf(measured.map((one) => one[what]))!,
    ) as [number, number, number];
    const times = `${clock.toFixed(0).padStart(5)} ms   ${cpu.toFixed(0).padStart(5)} ms of CPU`;
    console.log(`  ${module.padEnd(32)} ${times}   ${memory.toFixed(0).padStart(4)} MiB`);
    return { clock, cpu, memory };
  });
  console.log();
  return medians;
}

/** Imports a module in `runs` new processes, after one import that is not counted. */
function measure(module: string): Measured[] {
  const program = `
    const [begun, before] = [performance.now(), process.cpuUsage()];
    await import(${JSON.stringify(module)});
    const { user, system } = process.cpuUsage(before);
    const memory = process.memoryUsage.rss() / 2 ** 20;
    console.log(JSON.stringify({ clock: performance.now() - begun, cpu: (user + system) / 1000, memory }));
    process.exit();`;
  const env = {
    PATH: process.env.PATH,
    GCLOUD_PROJECT: 'demo-bench',
    FIREBASE_CONFIG: '{"projectId":"demo-bench"}',
  };
  const once = () => {
    const args = ['--input-type=module', '--eval', program];
    return JSON.parse(
      execFileSync(process.execPath, args, { cwd: FUNCTIONS, env, encoding: 'utf8' }),
    ) as Measured;
  };
  once();
  return Array.from({ length: runs }, once);
}
