/** Shows girths on the outline of a body, each with its line, name and number, and below it as a table with intervals. */

import type { Scan } from '@reddyfit/client';
import { IntervalTable } from './interval-table.tsx';
import { lengthIn } from './measures.ts';
import type { ScreenProps } from '../screen-props.ts';
import { FRONT } from '../photos/silhouette.tsx';

type Measurements = NonNullable<NonNullable<NonNullable<Scan['results']>['estimation']>['measurements']>;
type Girth = { readonly cm: number; readonly low: number; readonly high: number };

/**
 * The line of a girth on the outline of silhouette.tsx, and the side and height of its number, in the outline's own px.
 */
interface Place {
  readonly name: Extract<keyof Measurements, string>;
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly side: 'left' | 'right';
  readonly numberY: number;
}

/**
 * From top to bottom. The heights are those of the worker's tapes (worker/src/body/vision); the ends are where they
 * cross the outline.
 */
const PLACES = [
  { name: 'neck', from: 138, to: 161, y: 72, side: 'left', numberY: 64 },
  { name: 'shoulder', from: 100, to: 199, y: 96, side: 'right', numberY: 68 },
  { name: 'chest', from: 114, to: 186, y: 118, side: 'right', numberY: 118 },
  { name: 'upperArm', from: 93, to: 110, y: 136, side: 'left', numberY: 126 },
  { name: 'waist', from: 120, to: 179, y: 148, side: 'right', numberY: 168 },
  { name: 'navel', from: 120, to: 179, y: 159, side: 'left', numberY: 176 },
  { name: 'hip', from: 115, to: 184, y: 190, side: 'right', numberY: 218 },
  { name: 'thigh', from: 115, to: 149, y: 230, side: 'left', numberY: 240 },
  { name: 'calf', from: 151, to: 182, y: 296, side: 'right', numberY: 300 },
] as const satisfies readonly Place[];

/** The x at which the numbers on each side of the body begin, on the side towards the body. */
const EDGE = { left: 62, right: 238 };

export function Girths({
  measurements,
  words,
  speaker: { say, format, reader },
}: Omit<ScreenProps, 'services'> & { measurements: Measurements }) {
  const unit = reader.units === 'metric' ? 'cm' : 'in';
  const write = (cm: number) => format.number(lengthIn(reader.units, cm), 1);
  const girths = PLACES.flatMap((place) => {
    const girth: Girth | undefined = measurements[place.name];
    return girth ? [{ ...place, girth, title: say('screen', `girth.${place.name}`) }] : [];
  });
  const title = `${words.girths} (${unit})`;
  return (
    <section className="card girths">
      <h2>{title}</h2>
      <svg
        viewBox="-72 14 444 362"
        role="img"
        aria-label={`${title}. ${girths.map((each) => `${each.title}: ${write(each.girth.cm)}`).join('. ')}.`}
      >
        <path d={FRONT} className="silhouette" />
        {girths.map(({ name, from, to, y, side, numberY, girth, title: said }) => {
          const isLeft = side === 'left';
          const at = { x: EDGE[side], textAnchor: isLeft ? 'end' : 'start' } as const;
          return (
            <g key={name} data-girth={name}>
              <line x1={from} x2={to} y1={y} y2={y} />
              <line
                className="leader"
                x1={isLeft ? from : to}
                y1={y}
                x2={EDGE[side] + (isLeft ? 4 : -4)}
                y2={numberY - 6}
              />
              <text {...at} y={numberY - 22}>
                {said}
              </text>
              <text {...at} y={numberY} className="number">
                {write(girth.cm)}
              </text>
            </g>
          );
        })}
      </svg>
      <IntervalTable
        words={words}
        of={unit}
        rows={girths.map(({ name, girth, title: said }) => ({
          ...girth,
          key: name,
          head: said,
          value: girth.cm,
        }))}
        write={write}
      />
    </section>
  );
}
