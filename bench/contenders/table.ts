/** The figures of all contenders as one table. */

import { median, quantile } from '../statistics.ts';
import type { Alone, Recovered, Together } from './measure.ts';

/** What was measured of one contender. */
export interface Figures {
  readonly name: string;
  /** Time that the model takes for a scan alone (s): the sum of its steps, or of those on the longest way. */
  readonly modelSeconds: number;
  readonly alone: readonly Alone[];
  /** Processor time while others have their turn (cores). */
  readonly idle: readonly number[];
  readonly together: readonly Together[];
  /** Recoveries by a name of how the engine is set up and when its worker is killed. */
  readonly recoveries: Readonly<Record<string, readonly Recovered[]>>;
  /** Lines of code; absent where they are not comparable. */
  readonly lines?: number;
}

const number = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2));

/** The median, with the least and the greatest value where there are several. */
export function told(values: readonly number[]): string {
  if (values.length === 0) return '–';
  if (values.length === 1) return number(values[0]!);
  return `${number(median(values))} (${number(Math.min(...values))}–${number(Math.max(...values))})`;
}

/** Lines of a Markdown table: a row for each of what was measured, a column for each contender. */
export function tableOf(contenders: readonly Figures[]): string[] {
  const row = (what: string, of: (figures: Figures) => string) => [what, ...contenders.map(of)];
  return markdown([
    row('', ({ name }) => name),
    row("the model's own time for a scan (s)", ({ modelSeconds }) => number(modelSeconds)),
    row('a scan alone, p50 (s)', ({ alone }) => told(alone.map(({ seconds }) => seconds))),
    row('a scan alone, p95 (s)', ({ alone }) =>
      number(
        quantile(
          alone.map(({ seconds }) => seconds),
          0.95,
        ),
      ),
    ),
    row("above the model's time, p50 (s)", ({ alone, modelSeconds }) =>
      told(alone.map(({ seconds }) => seconds - modelSeconds)),
    ),
    row('processor, a scan alone (core s)', ({ alone }) => told(alone.map((each) => each.coreSeconds))),
    row('processor, idle (core ms a second)', ({ idle }) => told(idle.map((cores) => cores * 1000))),
    row('many at once (scans a second)', ({ together }) => told(together.map((each) => each.perSecond))),
    row('processor, many at once (core s a scan)', ({ together }) =>
      told(together.map((each) => each.coreSeconds)),
    ),
    row("engine's server, memory (MiB)", ({ together }) => told(together.map((each) => each.serverMiB))),
    row('worker, memory (MiB)', ({ together }) => told(together.map((each) => each.workerMiB))),
    row('lines of code', ({ lines }) => (lines === undefined ? '–' : String(lines))),
  ]);
}

/** Lines of a Markdown table: a row for each way of killing a worker. */
export function recoveriesOf(contenders: readonly Figures[]): string[] {
  const rows = contenders.flatMap(({ name, alone, recoveries }) => {
    const undisturbed = median(alone.map(({ seconds }) => seconds));
    return Object.entries(recoveries).map(([how, each]) => [
      name,
      how,
      String(each.length),
      told(each.flatMap(({ goesOn }) => (goesOn === undefined ? [] : [goesOn]))),
      told(each.map(({ seconds }) => seconds - undisturbed)),
      String(each.reduce((sum, { twice }) => sum + twice, 0)),
      String(each.filter((one) => one.wentBack).length),
    ]);
  });
  const head = [
    'engine',
    'set up, killed',
    'kills',
    'goes on after (s)',
    'ends later by (s)',
    'steps that ran twice',
    'documents that went back',
  ];
  return markdown([head, ...rows]);
}

function markdown([head, ...rows]: readonly (readonly string[])[]): string[] {
  const widths = head!.map((_, column) =>
    Math.max(3, ...[head!, ...rows].map((line) => line[column]!.length)),
  );
  const line = (values: readonly string[]) =>
    `| ${values.map((value, column) => value.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(head!), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)];
}
