/**
 * `npm run bench:cost`: what a scan costs today against an older commit. Checks the commit out beside today's sources, starts a stack of
 * each, and sends scans to the two alternately, so that whatever else the machine does falls on both. Prints a table with ratios and writes a
 * plot.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import sharp from 'sharp';
import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import { takePhotos } from '../local/demo/photos.ts';
import { repositoryRoot } from '../repository.ts';
import { checkOut } from './cost/checkout.ts';
import { type Figures, measureRound, type Version, VERSIONS } from './cost/measure.ts';
import { plotOf } from './cost/plot.ts';
import { openSender } from './cost/scans.ts';
import { type BenchStack, startBenchStack } from './cost/stack.ts';
import { rowsOf, tableOf } from './cost/table.ts';
import { startSeconds } from './cost/start-seconds.ts';

interface Options {
  quick: boolean;
  commit: string;
  pace: number;
  rounds: number;
  scans: number;
  out: string;
}

const options = new Command('npm run bench:cost --')
  .description('Says what a scan costs today against an older commit, both measured alternately in one run.')
  .option('--quick', 'two rounds of two scans of each kind: a few minutes', false)
  .option('--commit <name>', 'what it is compared with', 'c172a6d')
  .option('--pace <factor>', "scales the model stand-in's step times; 1 = 330 s in sum", positive, 0.02)
  .option('--rounds <count>', 'how often the two take turns', positive, 5)
  .option('--scans <count>', 'scans of a turn, of each size of photo', positive, 5)
  .option('--out <file>', 'where the plot goes', join(repositoryRoot, '.local/cost.svg'))
  .parse()
  .opts<Options>();

const { commit, pace, out, quick } = options;
const [rounds, scans] = quick ? [2, 2] : [options.rounds, options.scans];
const note = (line: string) => void process.stderr.write(`${line}\n`);

const roots: Record<Version, string> = { before: checkOut(commit), today: repositoryRoot };
const stacks: Partial<Record<Version, BenchStack>> = {};
const stopAll = () => Promise.all(Object.values(stacks).map((each) => each.stop()));
process.once('SIGINT', () => void stopAll().finally(() => process.exit(130)));
try {
  const figures: Record<Version, Figures> = { before: emptyFigures(), today: emptyFigures() };
  for (const version of VERSIONS) {
    note(`Starting a stack of ${version === 'before' ? commit : 'today'}`);
    // oxlint-disable-next-line no-await-in-loop -- one after the other, so that each has the machine when it starts
    const stack = await startBenchStack(roots[version], `cost-${version}`, pace);
    stacks[version] = stack;
    figures[version].startSeconds.push(startSeconds(stack));
  }
  const photos = {
    '2 MP': await takePhotos(undefined),
    '12 MP': await enlarged(await takePhotos(undefined)),
  };
  const load: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    for (const version of round % 2 === 0 ? VERSIONS : VERSIONS.toReversed()) {
      note(round === 0 ? `Warming ${version} up` : `Round ${round} of ${rounds}: ${version}`);
      const sender = await openSender(stacks[version]!.stack);
      try {
        // A worker's first scans compile what all later ones use: they are not counted.
        const into = round === 0 ? emptyFigures() : figures[version];
        await measureRound(stacks[version]!, sender, photos, { scans: round === 0 ? 1 : scans, into });
      } finally {
        await sender.close();
      }
      load.push(loadavg()[0]!);
    }
  }
  const rows = rowsOf(figures);
  for (const line of tableOf(rows, commit)) process.stdout.write(`${line}\n`);
  const [least, most] = [Math.min(...load), Math.max(...load)];
  process.stdout.write(
    `\n${rounds} rounds of ${scans} scans of each kind, pace ${pace}; load of the machine ${least.toFixed(1)} to ${most.toFixed(1)}\n`,
  );
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, plotOf(rows, commit));
  process.stdout.write(`${out}\n`);
} finally {
  await stopAll();
}

function emptyFigures(): Figures {
  return {
    startSeconds: [],
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

/** The same photos as a phone's 12 megapixels. */
async function enlarged(photos: Record<Angle, Buffer>): Promise<Record<Angle, Buffer>> {
  const large = await Promise.all(
    ANGLES.map(async (angle) => {
      const photo = sharp(photos[angle]).resize({ width: 3024, height: 4032, fit: 'fill' });
      return [angle, await photo.jpeg({ quality: 92 }).toBuffer()] as const;
    }),
  );
  return Object.fromEntries(large) as Record<Angle, Buffer>;
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('It is a number above 0.');
  return value;
}
