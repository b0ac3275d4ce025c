/**
 * `npm run bench:cost`: compares the cost of a scan today with that of an older commit. Checks the commit out beside today's
 * sources, starts a stack of each, and sends scans to the two alternately, so that other load of the machine affects both.
 * Prints a table with ratios and writes a plot.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { Command, Option } from 'commander';
import sharp from 'sharp';
import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import { takePhotos } from '../local/demo/photos.ts';
import { numberAbove0, wholeNumber } from '../ops/numbers.ts';
import { repositoryRoot } from '../repository.ts';
import { bearerOf, capacityTable, measureCapacity } from './cost/capacity.ts';
import { checkOut } from './cost/checkout.ts';
import { countActions, type CountedActions, countScans } from './cost/counts.ts';
import { type Figures, measureRound, type Version, VERSIONS, warmUp } from './cost/measure.ts';
import { plotOf } from './cost/plot.ts';
import { openSender, type Sender } from './cost/scans.ts';
import { type BenchStack, startBenchStack } from './cost/stack.ts';
import { rowsOf, tableOf } from './cost/table.ts';
import { median } from './statistics.ts';

interface Options {
  quick: boolean;
  counts?: Version;
  actions: boolean;
  capacity: boolean;
  commit: string;
  pace: number;
  rounds: number;
  scans: number;
  minutes: number;
  out: string;
}

const options = new Command('npm run bench:cost --')
  .description('Says what a scan costs today against an older commit, both measured alternately in one run.')
  .option('--quick', 'two rounds of two scans of each kind: a few minutes', false)
  .addOption(
    new Option(
      '--counts <version>',
      'only counts the actions and documents of scans, as many as --scans says, of one version',
    ).choices(VERSIONS),
  )
  .option(
    '--actions',
    'only counts the actions of scans, as many as --scans says, of both versions beside each other: for --pace 1',
    false,
  )
  .option(
    '--capacity',
    'only searches for the scans a second that each version bears, and how long scans take near and above it: half an hour',
    false,
  )
  .option('--commit <name>', 'what it is compared with', 'c172a6d')
  .option('--pace <factor>', "scales the model stand-in's step times; 1 = 330 s in sum", numberAbove0, 0.02)
  .option('--rounds <count>', 'how often the two take turns', wholeNumber(1, 1000), 5)
  .option('--scans <count>', 'scans of a turn, of each size of photo', wholeNumber(1, 10_000), 5)
  .option('--minutes <count>', 'no round begins that would hardly end in this time', numberAbove0, 60)
  .option('--out <file>', 'where the plot goes', join(repositoryRoot, '.local/cost.svg'))
  .parse()
  .opts<Options>();

const { commit, pace, out, quick } = options;
const [rounds, scans] = quick ? [2, 2] : [options.rounds, options.scans];
const note = (line: string) => void process.stderr.write(`${line}\n`);

const stacks: Partial<Record<Version, BenchStack>> = {};
const stopAll = () => Promise.all(Object.values(stacks).map((each) => each.stop()));
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => void stopAll().finally(() => process.exit(130)));
const rootOf = (version: Version) => (version === 'before' ? checkOut(commit) : repositoryRoot);

const begun = performance.now();
const minutesSince = (then: number) => (performance.now() - then) / 60_000;

if (options.counts) await count(options.counts);
else if (options.actions) await compareActions();
else if (options.capacity) await compareCapacity();
else await compareCosts();
process.exit();

/**
 * Starts a stack of each of these versions, one after another, so that each has the machine when it starts; runs `work` on them and
 * ends them. Rejects as soon as one of them ends by itself.
 */
async function onStacks(
  versions: readonly Version[],
  name: string,
  work: (stacks: Record<Version, BenchStack>) => Promise<void>,
): Promise<void> {
  // All checkouts come before the first stack: a checkout takes the machine for a while.
  const roots = versions.map((version) => [version, rootOf(version)] as const);
  try {
    for (const [version, root] of roots) {
      note(`Starting a stack of ${version === 'before' ? commit : 'today'}`);
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      stacks[version] = await startBenchStack(root, `${name}-${version}`, pace);
    }
    const died = Object.values(stacks).map((each) => each.died);
    await Promise.race([work(stacks as Record<Version, BenchStack>), ...died]);
  } finally {
    await stopAll();
  }
}

/** Opens a sender of scans to a stack for `work`, and closes it. */
async function withSender<Result>(
  bench: BenchStack,
  work: (sender: Sender) => Promise<Result>,
): Promise<Result> {
  const sender = await openSender(bench, pace);
  try {
    return await work(sender);
  } finally {
    // After a failure some of the sender's scans may still be watched, and closing fails; the first error is the one to report.
    await sender.close().catch(() => undefined);
  }
}

/** Measures both versions in turns, and prints and draws the table. */
async function compareCosts(): Promise<void> {
  await onStacks(VERSIONS, 'cost', async (both) => {
    const figures: Record<Version, Figures> = { before: emptyFigures(), today: emptyFigures() };
    const photos = {
      '2 MP': await takePhotos(undefined),
      '12 MP': await enlarged(await takePhotos(undefined)),
    };
    const load: number[] = [];
    let [done, lastRound] = [0, 0];
    for (let round = 0; round <= rounds; round++) {
      if (round > 1 && minutesSince(begun) + lastRound > options.minutes) {
        note(`No time for round ${round} of ${rounds}`);
        break;
      }
      const roundBegun = performance.now();
      for (const version of round % 2 === 0 ? VERSIONS : VERSIONS.toReversed()) {
        note(
          `${minutesSince(begun).toFixed(1)} min: ${round === 0 ? `warming ${version} up` : `round ${round} of ${rounds}, ${version}`}`,
        );
        const bench = both[version];
        // oxlint-disable-next-line no-await-in-loop -- the two take turns
        const lost = await withSender(bench, (sender): Promise<number> =>
          round === 0
            ? warmUp(sender, photos).then(() => 0)
            : measureRound(bench, sender, photos, { scans, into: figures[version] }),
        );
        if (lost) note(`${lost} of eight scans at once did not complete`);
        load.push(loadavg()[0]!);
      }
      lastRound = minutesSince(roundBegun);
      done = round;
    }
    const rows = rowsOf(figures);
    for (const line of tableOf(rows, commit)) process.stdout.write(`${line}\n`);
    process.stdout.write(
      `\n${done} rounds of ${scans} scans of each size, and ten more of 2 MP; pace ${pace}; ${loadOf(load)}\n`,
    );
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, plotOf(rows, commit));
    process.stdout.write(`${out}\n`);
  });
}

/** Counts actions and documents of one version's scans, after one that is not counted. */
async function count(version: Version): Promise<void> {
  await onStacks([version], 'cost', async ({ [version]: bench }) => {
    const photos = await takePhotos(undefined);
    await withSender(bench, async (sender) => {
      await sender.scan(await sender.settle(0), photos);
      for (const line of await countScans(bench, sender, photos, scans)) process.stdout.write(`${line}\n`);
    });
  });
}

/** Counts the actions of scans of both versions, which run beside each other: a scan at pace 1 takes minutes, in which little works. */
async function compareActions(): Promise<void> {
  await onStacks(VERSIONS, 'beats', async (both) => {
    const photos = await takePhotos(undefined);
    const counted = {} as Record<Version, CountedActions[]>;
    await Promise.all(
      VERSIONS.map(async (version) => {
        counted[version] = await withSender(both[version], (sender) => countActions(sender, photos, scans));
      }),
    );
    const sums = (version: Version) =>
      counted[version].map(({ actions, heartbeats }) => actions + heartbeats);
    for (const version of VERSIONS) {
      const each = counted[version].map(
        ({ actions, heartbeats }) => `${actions} in the history and ${heartbeats} heartbeats`,
      );
      process.stdout.write(`${version === 'before' ? commit : 'today'}: ${each.join('; ')}\n`);
    }
    const ratio = median(sums('today')) / median(sums('before'));
    process.stdout.write(`ratio ${ratio.toFixed(2)} at pace ${pace}, ${scans} scans each\n`);
  });
}

/** Searches for the rate that each version bears: both stacks are up, and only one of them gets scans at a time. */
async function compareCapacity(): Promise<void> {
  await onStacks(VERSIONS, 'bears', async (both) => {
    const photos = await takePhotos(undefined);
    const load: number[] = [];
    const told = (line: string) => {
      load.push(loadavg()[0]!);
      note(`${minutesSince(begun).toFixed(1)} min: ${line}`);
    };
    const ready = async (sender: Sender) => {
      const bearer = await bearerOf(sender);
      // The first scan of a worker compiles what all later ones use.
      await sender.scan(bearer.users[0]!, photos);
      return bearer;
    };
    await withSender(both.before, (first) =>
      withSender(both.today, async (second) => {
        const bearers = { before: await ready(first), today: await ready(second) };
        for (const line of capacityTable(await measureCapacity(bearers, photos, told), commit))
          process.stdout.write(`${line}\n`);
      }),
    );
    process.stdout.write(`\npace ${pace}, one worker each; ${loadOf(load)}\n`);
  });
}

/** From where to where the load of the machine went. */
function loadOf(load: readonly number[]): string {
  return `load of the machine ${Math.min(...load).toFixed(1)} to ${Math.max(...load).toFixed(1)}`;
}

function emptyFigures(): Figures {
  return {
    startSeconds: [],
    startCoreSeconds: [],
    coreSeconds: { '2 MP': [], '12 MP': [] },
    verdict: [],
    bodyFat: [],
    actions: [],
    heartbeats: [],
    memoryAfter: [],
    memoryPeak: [],
    reads: { none: [], many: [] },
    writes: [],
  };
}

/** The same photos at the 12 megapixels of a phone. */
async function enlarged(photos: Record<Angle, Buffer>): Promise<Record<Angle, Buffer>> {
  const large = await Promise.all(
    ANGLES.map(async (angle) => {
      const photo = sharp(photos[angle]).resize({ width: 3024, height: 4032, fit: 'fill' });
      return [angle, await photo.jpeg({ quality: 92 }).toBuffer()] as const;
    }),
  );
  return Object.fromEntries(large) as Record<Angle, Buffer>;
}
