/**
 * The figures of scans that have something in common: the build that admitted them, or the model that
 * estimated.
 */

import { modelCostUsd } from '@reddyfit/shared/scan/prices';
import { type Figures, tallyOf } from './figures.ts';
import type { Period } from './period.ts';
import { isEnd, type ScanFacts } from './scan-facts.ts';

export type Goals = Pick<Figures, 'successRate' | 'durationP95' | 'retryRate'>;

export interface GroupFigures extends Goals {
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
    .flatMap(([name, own]) => (name === undefined ? [] : [{ name, ...goalsOf(figuresOf(own, period)) }]))
    .sort((one, other) => other.scans - one.scans || one.name.localeCompare(other.name));
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
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly usd: number | null;
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
      return { model, calls: own.length, inputTokens, outputTokens, usd };
    })
    .sort((one, other) => (other.usd ?? 0) - (one.usd ?? 0));
}

/** What the models cost per scan that has ended (US dollars); null when none has ended. */
export function modelUsdPerScan(scans: readonly ScanFacts[]): number | null {
  const ended = scans.filter(({ status }) => isEnd(status));
  if (ended.length === 0) return null;
  return byModel(ended).reduce((sum, { usd }) => sum + (usd ?? 0), 0) / ended.length;
}
