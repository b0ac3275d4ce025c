/** What the suite measures: its tests write the figures down while they run, and they are summed up at the end. */

import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Figure → its printed name. */
export const FIGURES = {
  kills: 'workers killed',
  noticed: 'from the kill of a worker to the timeout of its attempt (s)',
  lost: 'from the kill of a worker to the next attempt of its step (s)',
  handedBack: 'from SIGTERM with 1 s of grace to the end of the attempt (s)',
  temporalLost: 'from the kill of Temporal, away for 3 s, to the end of a scan (s)',
  canceled: 'from a cancellation to its end on the phone, all slots of the worker taken (s)',
  crowd: 'from the first of 100 scans at once to the end of the last (s)',
} as const;
export type Figure = keyof typeof FIGURES;

const pathOf = (instanceDir: string) => join(instanceDir, 'figures.jsonl');

/** Writes one measurement down. */
export function record(instanceDir: string, figure: Figure, value: number): void {
  appendFileSync(pathOf(instanceDir), `${JSON.stringify({ figure, value })}\n`);
}

export interface Summary {
  readonly count: number;
  readonly median: number;
  readonly most: number;
}

/** Everything that was written down, by figure. */
export function summary(instanceDir: string): Partial<Record<Figure, Summary>> {
  const path = pathOf(instanceDir);
  if (!existsSync(path)) return {};
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const measured = lines.map((line) => JSON.parse(line) as { figure: Figure; value: number });
  const byFigure = Map.groupBy(measured, ({ figure }) => figure);
  return Object.fromEntries(
    [...byFigure].map(([figure, all]) => {
      const values = all.map(({ value }) => value).toSorted((a, b) => a - b);
      const round = (value: number) => Math.round(value * 10) / 10;
      const [median, most] = [values[Math.floor(values.length / 2)]!, values.at(-1)!];
      return [figure, { count: values.length, median: round(median), most: round(most) }];
    }),
  );
}
