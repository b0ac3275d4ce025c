/** The trend of one measure over the scans: a line with its interval, and the same as a table. */

import type { AppWords } from '@reddyfit/shared/words/app/en';
import { IntervalTable } from './interval-table.tsx';

export interface Point {
  readonly at: Date;
  readonly value: number;
  /** 95 % interval, where the scan has one. */
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

/** Size of the drawing (px of its own). */
const SIZE = { width: 320, height: 144 };
const FRAME = { left: 8, right: 8, top: 17, bottom: 31 };

/** Baselines of the numbers above the upper line and below the lower one, so far off that no point covers them. */
const ABOVE = -7;
const BELOW = 13;

export function Trend({
  title,
  points,
  words,
  locale,
  write,
}: {
  title: string;
  /** Oldest first, two or more. */
  points: readonly Point[];
  words: AppWords;
  locale: string;
  write: (value: number) => string;
}) {
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: '2-digit' });
  const [first, last] = [points[0]!, points.at(-1)!];
  const lows = points.map(({ value, low = value }) => low);
  const highs = points.map(({ value, high = value }) => high);
  const [least, most] = [Math.min(...lows), Math.max(...highs)];
  const margin = (most - least || Math.abs(most) * 0.02 || 1) * 0.08;
  const [from, to] = [least - margin, most + margin];
  const days = last.at.getTime() - first.at.getTime() || 1;
  const x = ({ at }: Point) =>
    FRAME.left + ((at.getTime() - first.at.getTime()) / days) * (SIZE.width - FRAME.left - FRAME.right);
  const y = (value: number) =>
    FRAME.top + ((to - value) / (to - from)) * (SIZE.height - FRAME.top - FRAME.bottom);
  const path = (list: readonly (readonly [number, number])[]) =>
    list.map(([px, py]) => `${px.toFixed(1)} ${py.toFixed(1)}`).join('L');
  const banded = points.filter(({ low, high }) => low !== undefined && high !== undefined);
  const band = [
    ...banded.map((point) => [x(point), y(point.high!)] as const),
    ...banded.toReversed().map((point) => [x(point), y(point.low!)] as const),
  ];
  const numbered =
    most === least
      ? ([[most, ABOVE]] as const)
      : ([
          [most, ABOVE],
          [least, BELOW],
        ] as const);
  const saidOf = ({ at, value }: Point) => `${day.format(at)}: ${write(value)}`;
  return (
    <section className="card trend">
      <h2>
        {title} <span className="now">{write(last.value)}</span>
      </h2>
      <svg
        viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
        role="img"
        aria-label={`${title}. ${saidOf(first)}. ${saidOf(last)}.`}
      >
        {numbered.map(([value, offset]) => (
          <g key={offset}>
            <line x1={0} x2={SIZE.width} y1={y(value)} y2={y(value)} className="grid" />
            <text x={2} y={y(value) + offset}>
              {write(value)}
            </text>
          </g>
        ))}
        {banded.length > 1 && <path d={`M${path(band)}Z`} className="band" />}
        <path d={`M${path(points.map((point) => [x(point), y(point.value)] as const))}`} className="line" />
        {points.map((point) => (
          <circle key={point.at.getTime()} cx={x(point)} cy={y(point.value)} r="3.5" />
        ))}
        <text x={2} y={SIZE.height - 4}>
          {day.format(first.at)}
        </text>
        <text x={SIZE.width - 2} y={SIZE.height - 4} textAnchor="end">
          {day.format(last.at)}
        </text>
      </svg>
      <IntervalTable
        words={words}
        head={words.date}
        of={title}
        rows={points
          .toReversed()
          .map((point) => ({ ...point, key: point.at.getTime(), head: day.format(point.at) }))}
        write={write}
      />
    </section>
  );
}
