/** A load run as an HTML page: one file without scripts, which loads nothing. */

import * as Plot from '@observablehq/plot';
import { pageHead } from '../../ops/report/page-head.ts';
import { svg } from '../../ops/report/plots.ts';
import type { Sample, ScanCourse } from './figures.ts';

export interface LoadRun {
  readonly title: string;
  /** Lines of the table. */
  readonly table: readonly string[];
  readonly courses: readonly ScanCourse[];
  readonly samples: readonly Sample[];
}

const HEIGHT = 200;
const x = { label: 'seconds since the first scan was due', grid: false } as const;

/** The whole page as HTML. */
export function loadPage({ title, table, courses, samples }: LoadRun): string {
  return `${pageHead(title)}
<header><h1>${title}</h1></header>
<pre>${table.join('\n')}</pre>
${figure('Throughput', `Scans that ended, a second; each bar is ${barSeconds(courses)} s wide.`, throughput(courses))}
${figure('Under way', 'Scans that were sent and had not ended.', line(samples, 'open', 'scans'))}
${figure('Duration', 'Each scan at the second it was due: open until body fat, filled until completed.', durations(courses))}
${figure('Queue wait', 'Until the first step began.', waits(courses))}
${figure('Processor', 'Cores that all workers used; grey: share of the whole machine that was busy, in cores.', cores(samples))}
${figure('Memory of the workers', 'Of all workers together.', line(samples, 'workerMiB', 'MiB'))}
</main>
</body>
</html>
`;
}

function figure(heading: string, caption: string, plot: string): string {
  return `<section><h2>${heading}</h2><p>${caption}</p>${plot}</section>`;
}

const firstDue = (courses: readonly ScanCourse[]) => Math.min(...courses.map(({ dueAt }) => dueAt));

/** When each scan ended, in seconds since the first one was due; without scans that did not end. */
function endsOf(courses: readonly ScanCourse[]): number[] {
  const start = firstDue(courses);
  return courses.flatMap(({ endedAt }) => (endedAt === undefined ? [] : [(endedAt - start) / 1000]));
}

/** The width of a bar in whole seconds, for about eighty bars. */
const barSeconds = (courses: readonly ScanCourse[]) => Math.ceil(Math.max(1, ...endsOf(courses)) / 80);

function throughput(courses: readonly ScanCourse[]): string {
  const width = barSeconds(courses);
  return svg({
    height: HEIGHT,
    x,
    y: { label: 'scans a second', grid: true },
    marks: [
      Plot.rectY(
        endsOf(courses),
        Plot.binX({ y: (ended: number[]) => ended.length / width }, {
          x: (second: number) => second,
          interval: width,
          fill: 'var(--good)',
        } as never),
      ),
      Plot.ruleY([0]),
    ],
  });
}

function durations(courses: readonly ScanCourse[]): string {
  const start = firstDue(courses);
  const points = courses.flatMap(({ dueAt, estimatedAt, endedAt }) =>
    estimatedAt === undefined || endedAt === undefined
      ? []
      : [
          {
            at: (dueAt - start) / 1000,
            bodyFat: (estimatedAt - dueAt) / 1000,
            end: (endedAt - dueAt) / 1000,
          },
        ],
  );
  return svg({
    height: HEIGHT,
    x,
    y: { label: 'seconds', grid: true, zero: true },
    marks: [
      Plot.dot(points, { x: 'at', y: 'bodyFat', stroke: 'var(--accent)', r: 2 }),
      Plot.dot(points, { x: 'at', y: 'end', fill: 'var(--accent)', r: 2 }),
      Plot.ruleY([0]),
    ],
  });
}

function waits(courses: readonly ScanCourse[]): string {
  const start = firstDue(courses);
  const points = courses.flatMap(({ dueAt, startedAt }) =>
    startedAt === undefined ? [] : [{ at: (dueAt - start) / 1000, wait: (startedAt - dueAt) / 1000 }],
  );
  return svg({
    height: HEIGHT,
    x,
    y: { label: 'seconds', grid: true, zero: true },
    marks: [Plot.dot(points, { x: 'at', y: 'wait', fill: 'var(--accent)', r: 2 }), Plot.ruleY([0])],
  });
}

function cores(samples: readonly Sample[]): string {
  return svg({
    height: HEIGHT,
    x,
    y: { label: 'cores', grid: true, zero: true },
    marks: [
      Plot.areaY(samples, { x: 'second', y: 'busyCores', fill: 'var(--quiet)', fillOpacity: 0.35 }),
      Plot.lineY(samples, { x: 'second', y: 'workerCores', stroke: 'var(--accent)', strokeWidth: 2 }),
      Plot.ruleY([0]),
    ],
  });
}

function line(samples: readonly Sample[], y: 'open' | 'workerMiB', label: string): string {
  return svg({
    height: HEIGHT,
    x,
    y: { label, grid: true, zero: true },
    marks: [
      Plot.lineY(samples, { x: 'second', y, stroke: 'var(--accent)', strokeWidth: 2 }),
      Plot.ruleY([0]),
    ],
  });
}
