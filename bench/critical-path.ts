/**
 * How long a user waits, as a listener sees it: from the document to the estimation, and to the completed scan.
 *
 *     npx node bench/critical-path.ts [--runs 5] [--pace 0.05] [--compare]
 *
 * Starts a stack of its own and sends scans one after another; the first one is not counted. Ratios are relative to the total
 * time of the steps one after another. Exits with 1 when a median is above its bar.
 */

import { medianOf } from '@reddyfit/shared/median';
import type { Scan } from '@reddyfit/shared/scan/document';
import { Command } from 'commander';
import type { ReddyFitClient } from '@reddyfit/client';
import { signIn } from '@reddyfit/client/emulators';
import { followScan } from '../clients/terminal/follow-scan.ts';
import { takePhotos } from '../local/demo/photos.ts';
import { demoUser } from '../fixtures/seed/people.ts';
import { numberAbove0, wholeNumber } from '../ops/numbers.ts';
import { type RunningStack, startStack } from '../local/stack/start-stack.ts';

/** The nominal seconds of a scan's steps, if they ran one after another (s). */
const SEQUENTIAL_SECONDS = 330;

/** Share of the sequential time that the median may take. */
const BARS = { estimation: 0.45, completed: 0.62 } as const;

const SERVER_WRITES_BAR = 14;

/** How long a scan may stay unchanged (ms). */
const QUIET_MS = 120_000;

interface Measured {
  /** From the document to `results.estimation` on the listener (s). */
  readonly estimation: number;
  /** From the document to `completed` on the listener (s). */
  readonly completed: number;
  /** Server writes to the document. */
  readonly writes: number;
}

const { runs, pace, compare } = new Command('npx node bench/critical-path.ts')
  .option('--runs <count>', 'scans that count', wholeNumber(1, 10_000), 5)
  .option('--pace <factor>', "scales the model stand-in's step times", numberAbove0, 0.05)
  .option('--compare', 'then the same without speculative estimation', false)
  .parse()
  .opts<{ runs: number; pace: number; compare: boolean }>();

const sequential = SEQUENTIAL_SECONDS * pace;
console.log(
  `${runs} scans at pace ${pace}; all steps one after another would take ${sequential.toFixed(2)} s\n`,
);
const inTime = report('speculative estimation on', await measure(true));
if (compare) report('speculative estimation off', await measure(false));
process.exitCode = inTime ? 0 : 1;

/** The times of `runs` scans on a new stack. */
async function measure(speculative: boolean): Promise<Measured[]> {
  const functionsParams = { SPECULATIVE_ESTIMATION: String(speculative) };
  const stack = await startStack({ instance: 'bench', pace, visualEstimate: 'model', functionsParams });
  try {
    const died = stack.died.then((reason) => Promise.reject(reason));
    return await Promise.race([scans(stack, speculative), died]);
  } finally {
    await stack.stop();
  }
}

async function scans({ addresses }: RunningStack, speculative: boolean): Promise<Measured[]> {
  const photos = await takePhotos(undefined);
  const { client, close } = await signIn(addresses, demoUser);
  try {
    const measured: Measured[] = [];
    for (let run = 0; run <= runs; run++) {
      const one = await scan(client, photos, speculative);
      if (run > 0) measured.push(one);
    }
    return measured;
  } finally {
    await close();
  }
}

async function scan(
  client: ReddyFitClient,
  photos: Awaited<ReturnType<typeof takePhotos>>,
  speculative: boolean,
): Promise<Measured> {
  const handle = client.startScan({ photos, weight: { lb: demoUser.scans.at(-1)!.weightLb } });
  let begun = Number.NaN;
  let estimation = Number.NaN;
  const seconds = () => (performance.now() - begun) / 1000;
  handle.subscribe(() => {
    if (Number.isNaN(begun) && handle.getSnapshot().phase === 'submitting') begun = performance.now();
  });
  const onChange = ({ results }: Scan) => {
    if (Number.isNaN(estimation) && results?.estimation) estimation = seconds();
  };
  const { status, rev = 0, steps } = await followScan(handle, { onChange, quietMs: QUIET_MS });
  const completed = seconds();
  if (status !== 'completed') throw new Error(`a scan ended as ${status}`);
  expectOrder(steps, speculative);
  return { estimation, completed, writes: rev };
}

/** Throws when the estimation did not start at the point that this variant demands. */
function expectOrder(steps: Scan['steps'], speculative: boolean): void {
  const started = steps!.estimation.startedAt!.toMillis();
  const checked = steps!.qualityCheck.completedAt!.toMillis();
  if (started < checked !== speculative) {
    throw new Error(`estimation was ${speculative ? 'not ' : ''}started beside the quality check`);
  }
}

/** Prints the figures. True when the medians and the writes are within their bars. */
function report(title: string, measured: readonly Measured[]): boolean {
  console.log(title);
  const rows = (['estimation', 'completed'] as const).map((name) => {
    const values = measured.map((one) => one[name]);
    const [p50, max] = [medianOf(values)!, Math.max(...values)];
    const ratio = (value: number) => (value / sequential).toFixed(3);
    console.log(
      `  ${name.padEnd(12)} p50 ${p50.toFixed(2)} s (${ratio(p50)})   max ${max.toFixed(2)} s (${ratio(max)})   bar ${BARS[name]}`,
    );
    return p50 / sequential <= BARS[name];
  });
  const writes = measured.map((one) => one.writes);
  console.log(
    `  ${'writes'.padEnd(12)} p50 ${medianOf(writes)!}   max ${Math.max(...writes)}   bar ${SERVER_WRITES_BAR}\n`,
  );
  return rows.every(Boolean) && Math.max(...writes) <= SERVER_WRITES_BAR;
}
