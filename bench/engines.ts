/**
 * `npm run bench:engines`: sets the seed's seven steps on Temporal, DBOS and Restate, and today's product, beside each other.
 * All of them run, and take turns, so that other load of the machine falls on all alike. Linux on x64.
 */

import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { wheels } from '../local/provision/versions.ts';
import root from '../package.json' with { type: 'json' };
import { numberAbove0, wholeNumber } from '../ops/numbers.ts';
import { repositoryRoot } from '../repository.ts';
import type { Contender } from './contenders/contender.ts';
import { codeLines } from './contenders/count-lines.ts';
import { startDbos } from './contenders/dbos.ts';
import { openGround } from './contenders/ground.ts';
import { recover, type Running } from './contenders/measure.ts';
import engineManifest from './engines/package.json' with { type: 'json' };
import { installEngines } from './contenders/packages.ts';
import { type Product, startProduct } from './contenders/product.ts';
import { startRestate } from './contenders/restate.ts';
import { recoveriesOf, tableOf } from './contenders/table.ts';
import { startSeedWorkflow } from './contenders/temporal.ts';
import { engineOf, type Plan, productOf, takeTurns } from './contenders/turns.ts';

interface Options extends Plan {
  quick: boolean;
  product: boolean;
}

const options = new Command('npm run bench:engines --')
  .description("Sets the seed's seven steps on three engines, and today's product, beside each other.")
  .option(
    '--quick',
    'a look whether all of it works: two scans, ten at once, one kill, nothing that takes minutes',
    false,
  )
  .option('--no-product', 'the engines alone')
  .option('--alone <count>', 'scans of each alone', wholeNumber(1, 100_000), 10)
  .option('--rounds <count>', 'how often many run at once', wholeNumber(1, 100_000), 2)
  .option('--at-once <count>', 'how many', wholeNumber(1, 100_000), 100)
  .option(
    '--product-at-once <count>',
    'how many of the product, which measures four photos for each',
    numberAbove0,
    8,
  )
  .option('--kills <count>', 'how often a worker is killed, in each way', wholeNumber(1, 100_000), 3)
  .option(
    '--pace <factor>',
    "scales the model's times of scans alone and of killed ones; 1 = 390 s in sum",
    numberAbove0,
    0.005,
  )
  .option('--quick-pace <factor>', "scales the model's times of many at once", numberAbove0, 0.001)
  .parse()
  .opts<Options>();
const plan: Plan = options.quick
  ? { ...options, alone: 2, rounds: 1, atOnce: 10, productAtOnce: 2, kills: 1 }
  : options;

/** What the scans do that wait for the seed's own start-to-close timeout, beside everything else. */
const LATE = { step: 'estimation', moment: 'middle', scans: 3 } as const;

const begun = performance.now();
const note = (line: string) =>
  void process.stderr.write(`${((performance.now() - begun) / 60_000).toFixed(1)} min: ${line}\n`);
const print = (line = '') => void process.stdout.write(`${line}\n`);

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => stopping.abort(new Error(`ended by ${signal}`)));

const installed = await installEngines();
note(`the packages of bench/engines are there, after ${installed.toFixed(1)} s`);
const ground = await openGround(stopping.signal);
const ended = new Promise<never>((_, reject) =>
  ground.tree.signal.addEventListener('abort', () => reject(ground.tree.signal.reason), { once: true }),
);
ended.catch(() => undefined);
const engines: Running[] = [];
let product: Product | undefined;
try {
  await Promise.race([measure(), ended]);
} finally {
  await Promise.all(engines.map(({ contender }) => contender.close()));
  await ground.close();
  await product?.stop();
}

async function measure(): Promise<void> {
  for (const start of [startSeedWorkflow, startDbos, startRestate]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other, so that each has the machine when it starts
    const contender = await start(ground);
    note(`${contender.name} is up`);
    // oxlint-disable-next-line no-await-in-loop -- its worker
    engines.push({ contender, worker: await contender.startWorker('tuned'), setting: 'tuned' });
  }
  if (options.product) {
    product = await startProduct(plan.pace);
    note("today's product is up");
  }
  const late = options.quick ? [] : engines.filter(({ contender }) => contender.takesMinutes).map(waitLate);
  const lateEnds = Promise.all(late);
  lateEnds.catch(() => undefined);

  const { figures, load } = await takeTurns(
    [
      ...engines.map((running) => engineOf(ground, running, plan)),
      ...(product ? [productOf(product, plan)] : []),
    ],
    plan,
    note,
  );
  if (late.length > 0) note("waiting for the scans under the seed's own settings");
  const recoveredLate = await lateEnds;
  const whole = figures.map((each) => {
    const contender = engines.map((running) => running.contender).find(({ name }) => name === each.name);
    const later = recoveredLate.find(({ name }) => name === each.name)?.recoveries;
    return {
      ...each,
      recoveries: { ...each.recoveries, ...later },
      ...(contender && { lines: linesOf(contender) }),
    };
  });

  print();
  for (const line of tableOf(whole)) print(line);
  print();
  for (const line of recoveriesOf(whole)) print(line);
  print();
  print(
    `Lines that all engines share: ${linesIn(['bench/contenders/steps.ts', 'bench/contenders/order.ts'])}.`,
  );
  const temporal = `@temporalio/worker ${root.devDependencies['@temporalio/worker']} on Temporal CLI ${wheels.temporal.version}`;
  print(`Versions: ${temporal}, ${versionsOf(engineManifest.dependencies)}.`);
  const [least, most, now] = [Math.min(...load), Math.max(...load), loadavg()[0]!].map((each) =>
    each.toFixed(1),
  );
  const minutes = ((performance.now() - begun) / 60_000).toFixed(1);
  print(`${plan.alone} scans alone at pace ${plan.pace};`);
  print(`${plan.rounds} times ${plan.atOnce} at once at pace ${plan.quickPace}`);
  print(`(product ${plan.productAtOnce} at pace ${plan.pace});`);
  print(`load of the machine ${least} to ${most}, now ${now}; ${minutes} minutes.`);
}

/** Kills a worker whose scans go on only when the server gives their step up. */
async function waitLate({ contender }: Running) {
  const running: Running = {
    contender,
    worker: await contender.startWorker('defaults'),
    setting: 'defaults',
  };
  const recovered = await recover(ground, running, { ...LATE, pace: plan.pace });
  const how = `${contender.settings.defaults}; in the middle of a step`;
  return { name: contender.name, recoveries: { [how]: recovered } };
}

function versionsOf(dependencies: Readonly<Record<string, string>>): string {
  const each = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`);
  return each.join(', ');
}

function linesIn(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + codeLines(readFileSync(join(repositoryRoot, file), 'utf8')), 0);
}

function linesOf({ files }: Contender): number {
  return linesIn(files);
}
