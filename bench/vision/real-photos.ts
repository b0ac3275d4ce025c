/** Measures people of whom tape and DEXA values are known, from a CSV file that names their photos. */

import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import { z } from 'zod';
import { navyBodyFat } from '../../worker/src/body/equations/navy-body-fat.ts';
import { GIRTHS, type GirthName } from '../../worker/src/body/vision/body-measurement.ts';
import { silhouettesOf } from '../../worker/src/body/photos/scan-photos.ts';
import { issuesOf } from '../../worker/src/steps/quality-check/activity.ts';
import { measureGirths } from '../../worker/src/body/vision/girths.ts';
import { girthRows, type Row } from './bars.ts';
import type { FigureResult } from './figures.ts';
import { examineAll, type Examiner } from './gate.ts';
import { median, quantile } from './statistics.ts';

const cm = z.preprocess((text) => (text === '' ? undefined : text), z.coerce.number().positive().optional());

/** One line: photos relative to the file; empty where a value is not known. */
const person = z.object({
  front: z.string().min(1),
  back: z.string().min(1),
  left: z.string().min(1),
  right: z.string().min(1),
  sex: z.enum(['male', 'female']),
  heightCm: z.coerce.number().min(100).max(230),
  neckCm: cm,
  chestCm: cm,
  waistCm: cm,
  navelCm: cm,
  hipCm: cm,
  dexaBodyFatPercent: cm,
});

/** Lines of a CSV file with a header, without quotes: no value here holds a comma. Throws with the number of a line that is wrong. */
async function readPeople(file: string) {
  const [header, ...lines] = (await readFile(file, 'utf8')).trim().split(/\r?\n/);
  const names = header!.split(',').map((name) => name.trim());
  return lines.map((line, i) => {
    const values = line.split(',').map((value) => value.trim());
    const parsed = person.safeParse(Object.fromEntries(names.map((name, j) => [name, values[j] ?? ''])));
    if (!parsed.success) throw new Error(`${file}, line ${i + 2}: ${z.prettifyError(parsed.error)}`);
    return parsed.data;
  });
}

/** The table of the mannequins, of real people. A photo that the gate refuses is told of and its person left out. */
export async function realPhotoRows(
  examiner: Examiner,
  file: string,
  say: (line: string) => void,
): Promise<Row[]> {
  const people = await readPeople(file);
  const results: FigureResult[] = [];
  const differences: number[] = [];
  for (const [i, known] of people.entries()) {
    const read = (angle: Angle) => readFile(resolve(dirname(file), known[angle]));
    const photos = Object.fromEntries(
      await Promise.all(ANGLES.map(async (angle) => [angle, await read(angle)])),
    ) as Record<Angle, Buffer>;
    const examined = await examineAll(examiner, photos);
    const issues = Object.values(issuesOf(examined)).flat();
    if (issues.length > 0) {
      say(`line ${i + 2}: ${issues.map(({ message }) => message).join(' ')}`);
      continue;
    }
    const { sex, heightCm } = known;
    const silhouettes = silhouettesOf(examined);
    if (!silhouettes) {
      say(`line ${i + 2}: no outline`);
      continue;
    }
    const measured = measureGirths(silhouettes, heightCm);
    const girths = Object.fromEntries(
      GIRTHS.flatMap((name) => {
        const trueCm = known[`${name}Cm`];
        return trueCm === undefined ? [] : [[name, { trueCm, ...measured[name] }]];
      }),
    ) as Record<GirthName, { trueCm: number; cm: number; sdCm: number }>;
    results.push({ seed: i, sex, heightCm, bmi: 0, rejectedFor: [], girths });
    if (known.dexaBodyFatPercent === undefined) continue;
    const waistCm = (sex === 'male' ? measured.navel : measured.waist).cm;
    const navy = navyBodyFat({ sex, heightCm, neckCm: measured.neck.cm, waistCm, hipCm: measured.hip.cm });
    differences.push(navy - known.dexaBodyFatPercent);
  }
  const sizes = differences.map(Math.abs);
  const bias = differences.reduce((sum, each) => sum + each, 0) / differences.length;
  return [
    { what: 'people measured', value: `${results.length} of ${people.length}`, bar: '' },
    ...girthRows(results, null),
    {
      what: 'Navy body fat against DEXA, median and 95th percentile (bias)',
      value: `${median(sizes).toFixed(2)}, ${quantile(sizes, 0.95).toFixed(2)} points (${bias.toFixed(2)})`,
      bar: '',
    },
  ];
}
