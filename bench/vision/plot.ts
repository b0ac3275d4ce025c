/**
 * Draws the errors of the girths over body mass index, and the defects that the gate caught, as one SVG that loads nothing.
 */

import type { GirthName } from '../../worker/src/body/vision/body-measurement.ts';
import { GIRTH_BARS } from './bars.ts';
import type { Condition } from './conditions.ts';
import type { DefectResult } from './defects.ts';
import type { FigureResult } from './figures.ts';

const GIRTHS: readonly GirthName[] = ['neck', 'waist', 'navel', 'hip', 'chest'];
const PANEL = { width: 230, height: 170, left: 44, top: 34, gapX: 26, gapY: 46 } as const;

/** Ranges of the axes: body mass index (kg/m²), error (%). */
const BMI = { from: 16, to: 43 } as const;
const ERROR = 10;

const text = (x: number, y: number, words: string, attributes = '') =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${attributes}>${words}</text>`;

function panel(
  x: number,
  y: number,
  name: GirthName,
  condition: Condition,
  results: readonly FigureResult[],
): string {
  const { width, height } = PANEL;
  const at = (bmi: number) => x + ((bmi - BMI.from) / (BMI.to - BMI.from)) * width;
  const row = (error: number) =>
    y + height / 2 - (Math.max(-ERROR, Math.min(ERROR, error)) / ERROR) * (height / 2);
  const bar = GIRTH_BARS[condition].p95;
  const dots = results.flatMap(({ girths, bmi, sex }) => {
    const girth = girths?.[name];
    if (!girth) return [];
    const error = 100 * (girth.cm / girth.trueCm - 1);
    return `<circle cx="${at(bmi).toFixed(1)}" cy="${row(error).toFixed(1)}" r="2" class="${sex}"/>`;
  });
  const ticks = [-ERROR, -bar, 0, bar, ERROR].map((error) =>
    text(x - 6, row(error) + 3.5, `${error > 0 ? '+' : ''}${error}`, 'text-anchor="end" class="tick"'),
  );
  return `<g><rect x="${x}" y="${y}" width="${width}" height="${height}" class="frame"/>
    <rect x="${x}" y="${row(bar).toFixed(1)}" width="${width}" height="${(row(-bar) - row(bar)).toFixed(1)}" class="bar"/>
    <path d="M${x} ${row(0)}h${width}" class="zero"/>${dots.join('')}${ticks.join('')}
    ${[20, 30, 40].map((bmi) => text(at(bmi), y + height + 13, String(bmi), 'text-anchor="middle" class="tick"')).join('')}
    ${text(x + 6, y + 14, `${name}, ${condition}`, 'class="label"')}</g>`;
}

/** The SVG. Errors beyond ±10 % are drawn at the edge. */
export function plot(
  figures: Readonly<Partial<Record<Condition, readonly FigureResult[]>>>,
  defects: readonly DefectResult[],
): string {
  const conditions = Object.keys(figures) as Condition[];
  const column = (i: number) => PANEL.left + i * (PANEL.width + PANEL.gapX);
  const line = (i: number) => PANEL.top + i * (PANEL.height + PANEL.gapY);
  const panels = conditions.flatMap((condition, row) =>
    GIRTHS.map((name, i) => panel(column(i), line(row), name, condition, figures[condition]!)),
  );
  const from = line(conditions.length) + 14;
  const bars = defects.map(({ name, seeds, caught }, i) => {
    const y = from + i * 20;
    const share = caught / seeds;
    return `${text(column(0) + 96, y + 12, name, 'text-anchor="end" class="tick"')}
      <rect x="${column(0) + 104}" y="${y}" width="${(400 * share).toFixed(1)}" height="14" class="caught"/>
      ${text(column(0) + 512, y + 12, `${caught} of ${seeds}`, 'class="tick"')}`;
  });
  const width = column(GIRTHS.length);
  const height = from + defects.length * 20 + 20;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif">
  <style>
    .frame { fill: #fff; stroke: #c8ccd0 } .bar { fill: #2f7d4f; fill-opacity: .1 } .zero { stroke: #8a9096; stroke-width: .7 }
    .male { fill: #2a5d9f; fill-opacity: .7 } .female { fill: #b0413e; fill-opacity: .7 } .caught { fill: #2f7d4f }
    .tick { font-size: 10px; fill: #555 } .label { font-size: 12px; fill: #222 } .title { font-size: 13px; fill: #222 }
  </style>
  <rect width="100%" height="100%" fill="#fbfbfa"/>
  ${text(column(0), 20, 'Error of measured girths (%) over body mass index (kg/m²); green: the bar for 95 % of neck, waist, hip; blue men, red women', 'class="title"')}
  ${panels.join('\n')}
  ${defects.length > 0 ? text(column(0), from - 10, 'Spoilt photos that the gate refused for the right reason', 'class="title"') : ''}
  ${bars.join('\n')}
</svg>
`;
}
