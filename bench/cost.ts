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
import { type Bearer, bearerOf, capacityTable, measureCapacity } from './cost/capacity.ts';
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

if (options.counts) {
  await count(options.counts);
  process.exit();
}

if (options.actions) {
  await compareActions();
  process.exit();
}

if (options.capacity) {
  await compareCapacity();
  process.exit();
}

const roots: Record<Version, string> = { before: rootOf('before'), today: rootOf('today') };
try {
  const figures: Record<Version, Figures> = { before: emptyFigures(), today: emptyFigures() };
  for (const version of VERSIONS) {
    note(`Starting a stack of ${version === 'before' ? commit : 'today'}`);
    // oxlint-disable-next-line no-await-in-loop -- one after the other, so that each has the machine when it starts
    stacks[version] = await startBenchStack(roots[version], `cost-${version}`, pace);
  }
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
      const bench = stacks[version]!;
      const sender = await openSender(bench, pace);
      try {
        const turn =
          round === 0
            ? warmUp(sender, photos)
            : measureRound(bench, sender, photos, { scans, into: figures[version] });
        const lost = await Promise.race([turn, ...Object.values(stacks).map(({ died }) => died)]);
        if (lost) note(`${lost} of eight scans at once did not complete`);
      } finally {
        // After a failure some of the sender's scans may still be watched, and closing fails; the first error is the one to
        // report.
        await sender.close().catch(() => undefined);
      }
      load.push(loadavg()[0]!);
    }
    lastRound = minutesSince(roundBegun);
    done = round;
  }
  const rows = rowsOf(figures);
  for (const line of tableOf(rows, commit)) process.stdout.write(`${line}\n`);
  const [least, most] = [Math.min(...load), Math.max(...load)];
  process.stdout.write(
    `\n${done} rounds of ${scans} scans of each size, and ten more of 2 MP; pace ${pace}; load of the machine ${least.toFixed(1)} to ${most.toFixed(1)}\n`,
  );
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, plotOf(rows, commit));
  process.stdout.write(`${out}\n`);
} finally {
  await stopAll();
}

/** Counts actions and documents of one version's scans, after one that is not counted. */
async function count(version: Version): Promise<void> {
  const bench = await startBenchStack(rootOf(version), `cost-${version}`, pace);
  stacks[version] = bench;
  try {
    const photos = await takePhotos(undefined);
    const sender = await openSender(bench, pace);
    try {
      await sender.scan(await sender.settle(0), photos);
      const lines = await Promise.race([countScans(bench, sender, photos, scans), bench.died]);
      for (const line of lines) process.stdout.write(`${line}\n`);
    } finally {
      await sender.close().catch(() => undefined);
    }
  } finally {
    await bench.stop();
  }
}

/** Counts the actions of scans of both versions, which run beside each other: a scan at pace 1 takes minutes, in which little works. */
async function compareActions(): Promise<void> {
  try {
    const photos = await takePhotos(undefined);
    const counted = {} as Record<Version, CountedActions[]>;
    for (const version of VERSIONS) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, so that each has the machine when it starts
      stacks[version] = await startBenchStack(rootOf(version), `beats-${version}`, pace);
    }
    await Promise.all(
      VERSIONS.map(async (version) => {
        const sender = await openSender(stacks[version]!, pace);
        try {
          const own = countActions(sender, photos, scans);
          counted[version] = await Promise.race([own, ...Object.values(stacks).map(({ died }) => died)]);
        } finally {
          await sender.close().catch(() => undefined);
        }
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
  } finally {
    await stopAll();
  }
}

/** Searches for the rate that each version bears: both stacks are up, and only one of them gets scans at a time. */
async function compareCapacity(): Promise<void> {
  const senders: Sender[] = [];
  try {
    const photos = await takePhotos(undefined);
    const bearers = {} as Record<Version, Bearer>;
    for (const version of VERSIONS) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, so that each has the machine when it starts
      stacks[version] = await startBenchStack(rootOf(version), `bears-${version}`, pace);
      // oxlint-disable-next-line no-await-in-loop -- as above
      const sender = await openSender(stacks[version], pace);
      senders.push(sender);
      // oxlint-disable-next-line no-await-in-loop -- as above
      bearers[version] = await bearerOf(sender);
      // oxlint-disable-next-line no-await-in-loop -- the first scan of a worker compiles what all later ones use
      await sender.scan(bearers[version].users[0]!, photos);
    }
    const load: number[] = [];
    const told = (line: string) => {
      load.push(loadavg()[0]!);
      note(`${minutesSince(begun).toFixed(1)} min: ${line}`);
    };
    const died = Object.values(stacks).map((each) => each.died);
    const measured = await Promise.race([measureCapacity(bearers, photos, told), ...died]);
    for (const line of capacityTable(measured, commit)) process.stdout.write(`${line}\n`);
    const [least, most] = [Math.min(...load), Math.max(...load)];
    process.stdout.write(
      `\npace ${pace}, one worker each; load of the machine ${least.toFixed(1)} to ${most.toFixed(1)}\n`,
    );
  } finally {
    await Promise.all(senders.map((sender) => sender.close().catch(() => undefined)));
    await stopAll();
  }
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
