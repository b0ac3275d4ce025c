/**
 * How often the browser's gate agrees with the server's, and how fast it answers.
 *
 *     npm run bench:gate -- [--seeds 12]
 *
 * Exits with 1 when fewer than 98 % of the verdicts agree.
 */

import { Command } from 'commander';
import { wholeNumber } from '../ops/numbers.ts';
import { agreement } from './gate/agreement.ts';
import { quantile } from './statistics.ts';

const LEAST_SHARE = 0.98;

/** How long after the shutter the verdict must be there (ms). */
const BAR_MS = 1000;

const { seeds } = new Command('bench:gate')
  .option('--seeds <count>', 'mannequins, 21 photos of each', wholeNumber(1, 10_000), 12)
  .parse()
  .opts<{ seeds: number }>();

const { readyMs, verdicts } = await agreement(seeds, ({ name, server, browser }) => {
  if (server !== browser)
    console.log(`${name}: server ${server || 'accepted'}, browser ${browser || 'accepted'}`);
});
const total = verdicts.length;
const same = verdicts.filter(({ server, browser }) => server === browser).length;
const alike = verdicts.filter(({ server, browser }) => (server === '') === (browser === '')).length;
const times = verdicts.map(({ ms }) => ms).toSorted((a, b) => a - b);
const percent = (count: number) => `${((count / total) * 100).toFixed(1)} %`;
console.log(
  `\n${total} photos, accepted by the server: ${verdicts.filter(({ server }) => server === '').length}`,
);
console.log(`same reasons: ${percent(same)}, same verdict: ${percent(alike)}`);
console.log(`networks ready after ${Math.round(readyMs)} ms`);
console.log(`a look: ${middleAndTail(times)}`);
// Other work on the machine makes a look late; how long it has a processor stays nearly the same.
const busy = verdicts.flatMap(({ processorMs }) => processorMs ?? []).toSorted((a, b) => a - b);
if (busy.length > 0) console.log(`its processor time: ${middleAndTail(busy)}`);
const late = verdicts.filter(({ ms }) => ms > BAR_MS).map(({ name, ms }) => `${name} ${Math.round(ms)} ms`);
if (late.length > 0) console.log(`later than ${BAR_MS} ms: ${late.join(', ')}`);
process.exitCode = alike / total >= LEAST_SHARE ? 0 : 1;

function middleAndTail(sorted: readonly number[]): string {
  const [middle, tail] = [0.5, 0.95].map((share) => Math.round(quantile(sorted, share)));
  return `p50 ${middle} ms, p95 ${tail} ms`;
}
