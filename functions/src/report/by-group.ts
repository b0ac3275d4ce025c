/**
 * The figures of scans that have something in common: the build that admitted them, or the model that
 * estimated.
 */

import { modelCostUsd } from '@reddyfit/shared/scan/prices';
import { distributionOf } from './distribution.ts';
import { type Figures, tallyOf } from './figures.ts';
import type { Period } from './period.ts';
import { isEnd, type ScanFacts } from './scan-facts.ts';

export type Goals = Pick<Figures, 'successRate' | 'durationP95' | 'retryRate'>;

/** How scans waited, and what they cost. */
export interface Load {
  /** From the request to the start of the first step (s), the 95th percentile; null where none began. */
  readonly queueP95: number | null;
  /** Models alone, at list prices, for a scan that has ended; null for none. */
  readonly usdPerScan: number | null;
}

export interface GroupFigures extends Goals, Load {
  readonly name: string;
  readonly scans: number;
}

/** The figures of each group, the largest group first. Scans without a name by `nameOf` are left out. */
export function byGroup(
  scans: readonly ScanFacts[],
  period: Period,
  nameOf: (scan: ScanFacts) => string | undefined,
): GroupFigures[] {
  const groups = Map.groupBy(scans, nameOf);
  return [...groups]
    .flatMap(([name, own]) =>
      name === undefined ? [] : [{ name, ...goalsOf(figuresOf(own, period)), ...loadOf(own) }],
    )
    .sort((one, other) => other.scans - one.scans || one.name.localeCompare(other.name));
}

/** How these scans waited, and what they cost. */
export function loadOf(scans: readonly ScanFacts[]): Load {
  const waits = scans.flatMap(({ createdAt, steps }) => {
    const starts = Object.values(steps).flatMap(({ startedAt }) => startedAt ?? []);
    return starts.length === 0 ? [] : Math.max(0, Math.min(...starts) - createdAt) / 1000;
  });
  return { queueP95: distributionOf(waits).p95, usdPerScan: modelUsdPerScan(scans) };
}

/** The figures of these scans. */
export function figuresOf(scans: readonly ScanFacts[], period: Period): Figures {
  const tally = tallyOf(period);
  for (const scan of scans) tally.add(scan);
  return tally.figures();
}

const goalsOf = ({ scans, successRate, durationP95, retryRate }: Figures) => ({
  scans,
  successRate,
  durationP95,
  retryRate,
});

export interface ModelFigures {
  readonly model: string;
  /** The number of steps that the model answered. */
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars; null where the price table does not know the model. */
  readonly usd: number | null;
  /** Of one step's answers (s), with all its asks, the 95th percentile; null where no document says. */
  readonly callP95: number | null;
  /** How often it was asked for one answer: above 1 where answers could not be used. */
  readonly asksPerCall: number | null;
}

/** How often each model was called, and what that cost, the most expensive model first. */
export function byModel(scans: readonly ScanFacts[]): ModelFigures[] {
  const calls = Map.groupBy(
    scans.flatMap((scan) => scan.calls),
    ({ model }) => model,
  );
  return [...calls]
    .map(([model, own]) => {
      const inputTokens = own.reduce((sum, call) => sum + call.inputTokens, 0);
      const outputTokens = own.reduce((sum, call) => sum + call.outputTokens, 0);
      const usd = modelCostUsd(model, inputTokens, outputTokens);
      const asks = own.flatMap((call) => call.asks ?? []);
      return {
        model,
        calls: own.length,
        inputTokens,
        outputTokens,
        usd,
        callP95: distributionOf(own.flatMap(({ ms }) => (ms === undefined ? [] : ms / 1000))).p95,
        asksPerCall: asks.length === 0 ? null : asks.reduce((sum, count) => sum + count, 0) / asks.length,
      };
    })
    .sort((one, other) => (other.usd ?? 0) - (one.usd ?? 0));
}

/** What the models cost per scan that has ended (US dollars); null when none has ended. */
function modelUsdPerScan(scans: readonly ScanFacts[]): number | null {
  const ended = scans.filter(({ status }) => isEnd(status));
  if (ended.length === 0) return null;
  return byModel(ended).reduce((sum, { usd }) => sum + (usd ?? 0), 0) / ended.length;
}
