/**
 * How well photos are judged and measured: compares girths of mannequins with those from which they were made, shows spoilt
 * photos to the gate, and measures time, memory, and how soon a user hears of a rejection. Prints a table, writes a plot.
 *
 *     npm run bench:vision -- [--quick] [--figures 200] [--seeds 50] [--rounds 40] [--rejections 20]
 *         [--out FILE.svg]
 *     npm run bench:vision -- --csv PEOPLE.csv
 *
 * Exits with 1 when a bar is missed. Of fewer than 50 a bar is missed only where chance would hardly do that (few.ts); a line that
 * misses it by the figure alone has a "~". With --csv it measures real people instead: see docs/vision.md.
 */

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Command } from 'commander';
import { wholeNumber } from '../ops/numbers.ts';
import { createPhotoExaminer } from '../worker/src/body/vision/examiner-pool.ts';
import { defectRow, figureRows, rejectionRow, type Row, speedRows } from './vision/bars.ts';
import { ENOUGH } from './vision/few.ts';
import { type Condition, CONDITIONS } from './vision/conditions.ts';
import { showDefects } from './vision/defects.ts';
import { type FigureResult, measureFigure } from './vision/figures.ts';
import { plot } from './vision/plot.ts';
import { realPhotoRows } from './vision/real-photos.ts';
import { rejections } from './vision/rejections.ts';
import { measureSpeed, PHOTO_SIZES, type PhotoSize } from './vision/speed.ts';

interface Options {
  quick: boolean;
  figures: number;
  seeds: number;
  rounds: number;
  rejections: number;
  out: string;
  csv?: string;
}

const given = new Command('bench:vision')
  .option('--quick', 'a tenth of everything', false)
  .option(
    '--figures <count>',
    'mannequins that are measured under each condition',
    wholeNumber(1, 100_000),
    200,
  )
  .option('--seeds <count>', 'scans with each defect', wholeNumber(1, 100_000), 50)
  .option('--rounds <count>', 'scans that are timed', wholeNumber(1, 100_000), 40)
  .option('--rejections <count>', 'scans that are refused on a stack of its own', wholeNumber(1, 100_000), 20)
  .option('--out <file>', 'where the plot goes', '.local/vision.svg')
  .option('--csv <file>', 'real people instead of mannequins')
  .parse()
  .opts<Options>();

let inBars = true;
if (given.csv === undefined) await mannequins(given);
else await realPeople(given.csv);
process.exitCode = inBars ? 0 : 1;

async function mannequins({
  quick,
  figures,
  seeds,
  rounds,
  rejections: refused,
  out,
}: Options): Promise<void> {
  const part = quick ? 0.1 : 1;
  // Speed comes first, while the process is small, since memory is measured, too.
  for (const size of Object.keys(PHOTO_SIZES) as PhotoSize[]) {
    // oxlint-disable-next-line no-await-in-loop -- the second would be timed beside the first
    const speed = await measureSpeed(Math.ceil(rounds * part), size);
    report(`time and memory, photos of ${size}`, speedRows(speed));
  }

  const soon = await rejections(Math.ceil(refused * part));
  report('a scan refused for its photos, on the whole stack at pace 1', [rejectionRow(soon)]);

  const examiner = createPhotoExaminer();
  const results: Partial<Record<Condition, FigureResult[]>> = {};
  for (const condition of Object.keys(CONDITIONS) as Condition[]) {
    const measured = await twoAtOnce(Math.ceil(figures * part), (seed) =>
      measureFigure(examiner, seed, condition),
    );
    results[condition] = measured;
    report(
      `${measured.length} figures, ${condition}: ${CONDITIONS[condition]}`,
      figureRows(measured, condition),
    );
    for (const { seed, rejectedFor } of measured) {
      if (rejectedFor.length > 0) console.log(`  figure ${seed}: ${rejectedFor.join(', ')}`);
    }
  }

  const defects = await showDefects(examiner, Math.ceil(seeds * part));
  report('spoilt photos caught, for the right reason', defects.map(defectRow));
  for (const { name, missed } of defects) for (const each of missed) console.log(`  ${name} ${each}`);
  await examiner.close();

  await mkdir(dirname(out), { recursive: true });
  await writeFile(out, plot(results, defects));
  console.log(`\nplot: ${out}`);
}

/** Results of 0 to `total` - 1, in that order. Two run at a time, so that one figure is drawn while another is measured. */
async function twoAtOnce<Result>(total: number, work: (index: number) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const lane = async () => {
    while (next < total) {
      const index = next++;
      results[index] = await work(index);
    }
  };
  await Promise.all([lane(), lane()]);
  return results;
}

async function realPeople(file: string): Promise<void> {
  const examiner = createPhotoExaminer();
  report(file, await realPhotoRows(examiner, file, console.log));
  await examiner.close();
}

function report(title: string, rows: readonly Row[]): void {
  console.log(`\n${title}\n`);
  const width = Math.max(...rows.map(({ what }) => what.length));
  const values = Math.max(...rows.map(({ value }) => value.length));
  const marks = { reached: '✓', missed: '✗', few: '~' } as const;
  for (const { what, value, bar, verdict } of rows) {
    const mark = verdict ? marks[verdict] : ' ';
    console.log(`${mark} ${what.padEnd(width)}  ${value.padEnd(values)}  ${bar}`.trimEnd());
    inBars &&= verdict !== 'missed';
  }
  if (rows.some(({ verdict }) => verdict === 'few'))
    console.log(`~ beyond its bar by the figure, as may be chance with fewer than ${ENOUGH}: not judged`);
}
