/** Measures people whose tape and DEXA values are known, from a CSV file that names their photos. */

import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import { z } from 'zod';
import { navyBodyFat } from '../../worker/src/body/equations/navy-body-fat.ts';
import {
  type BodyMeasurement,
  GIRTHS,
  type GirthName,
} from '../../worker/src/body/vision/body-measurement.ts';
import { silhouettesOf } from '../../worker/src/body/photos/scan-photos.ts';
import { issuesOf } from '../../worker/src/steps/quality-check/activity.ts';
import { measureGirths } from '../../worker/src/body/vision/girths.ts';
import { bodyBarRows, girthRows, type Row } from './bars.ts';
import { shareVerdict } from './few.ts';
import type { FigureResult } from './figures.ts';
import { examineAll, type Examiner } from './gate.ts';
import { median, quantile } from '../statistics.ts';

const cm = z.preprocess((text) => (text === '' ? undefined : text), z.coerce.number().positive().optional());

/** One line: paths of photos relative to the file, and values, which are empty where unknown. */
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
  /** Lines with the same value are scans of one body. */
  body: z.string().optional(),
});

/**
 * Lines of a CSV file with a header and without quotes, since no value holds a comma. Throws with the number of an invalid
 * line.
 */
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

/**
 * The table for real people, or for bodies that this repository did not draw. A photo that the gate refuses is reported, and its
 * person left out. Where a `body` has several lines, the spread of its results is reported, too.
 */
export async function realPhotoRows(
  examiner: Examiner,
  file: string,
  say: (line: string) => void,
): Promise<Row[]> {
  const people = await readPeople(file);
  const results: FigureResult[] = [];
  const toDexa: number[] = [];
  const toTape: number[] = [];
  const byBody = new Map<string, number[]>();
  let refused = 0;
  for (const [i, known] of people.entries()) {
    const read = (angle: Angle) => readFile(resolve(dirname(file), known[angle]));
    const photos = Object.fromEntries(
      await Promise.all(ANGLES.map(async (angle) => [angle, await read(angle)])),
    ) as Record<Angle, Buffer>;
    const examined = await examineAll(examiner, photos);
    const issues = Object.values(issuesOf(examined)).flat();
    if (issues.length > 0) {
      refused += 1;
      say(`line ${i + 2}: ${issues.map(({ message }) => message).join(' ')}`);
      continue;
    }
    const { sex, heightCm } = known;
    const silhouettes = silhouettesOf(examined);
    const measured =
      silhouettes && measureOrSay(silhouettes, heightCm, (why) => say(`line ${i + 2}: not measured: ${why}`));
    if (!measured) {
      if (!silhouettes) say(`line ${i + 2}: no outline`);
      continue;
    }
    const truths = Object.fromEntries(GIRTHS.map((name) => [name, known[`${name}Cm`]]));
    const girths = Object.fromEntries(
      GIRTHS.flatMap((name) => {
        const trueCm = truths[name];
        return trueCm === undefined ? [] : [[name, { trueCm, ...measured[name] }]];
      }),
    ) as Record<GirthName, { trueCm: number; cm: number; sdCm: number }>;
    results.push({ seed: i, sex, heightCm, bmi: 0, rejectedFor: [], girths });
    const navy = navyOf(known, Object.fromEntries(GIRTHS.map((name) => [name, measured[name].cm])));
    if (navy === null) continue;
    const trueNavy = navyOf(known, truths);
    if (trueNavy !== null) toTape.push(navy - trueNavy);
    if (known.dexaBodyFatPercent !== undefined) toDexa.push(navy - known.dexaBodyFatPercent);
    if (known.body) byBody.set(known.body, [...(byBody.get(known.body) ?? []), navy]);
  }
  const repeats = [...byBody.values()].filter((values) => values.length > 1);
  const share = refused / people.length;
  return [
    { what: 'people measured', value: `${results.length} of ${people.length}`, bar: '' },
    {
      what: 'people refused by the gate',
      value: `${refused} of ${people.length} (${(100 * share).toFixed(1)} %)`,
      bar: '≤ 2 %',
      verdict: shareVerdict(refused, people.length, { most: 0.02 }),
    },
    ...girthRows(results, null),
    ...bodyBarRows(results, toTape, people.length),
    ...(toDexa.length > 0 ? [differenceRow('Navy body fat against DEXA', toDexa)] : []),
    ...(repeats.length > 0
      ? [{ what: `Navy body fat of one body in repeated scans (${repeats.length} bodies): standard deviation`, value: `${pooledSd(repeats).toFixed(2)} points`, bar: '' }] // prettier-ignore
      : []),
  ];
}

function measureOrSay(
  silhouettes: Parameters<typeof measureGirths>[0],
  heightCm: number,
  say: (why: string) => void,
): BodyMeasurement | null {
  try {
    return measureGirths(silhouettes, heightCm);
  } catch (error) {
    say((error as Error).message);
    return null;
  }
}

/** Null when a girth is missing that the equation needs for this sex, or when the equation refuses the girths. */
function navyOf(
  { sex, heightCm }: { sex: 'male' | 'female'; heightCm: number },
  { neck, navel, waist, hip }: Partial<Record<string, number | undefined>>,
): number | null {
  const abdomen = sex === 'male' ? navel : waist;
  if (neck === undefined || abdomen === undefined || (sex === 'female' && hip === undefined)) return null;
  try {
    return navyBodyFat({ sex, heightCm, neckCm: neck, waistCm: abdomen, hipCm: hip ?? 0 });
  } catch {
    return null;
  }
}

function differenceRow(what: string, differences: readonly number[]): Row {
  const sizes = differences.map(Math.abs);
  const bias = differences.reduce((sum, each) => sum + each, 0) / differences.length;
  return {
    what: `${what}, median and 95th percentile (bias)`,
    value: `${median(sizes).toFixed(2)}, ${quantile(sizes, 0.95).toFixed(2)} points (${bias.toFixed(2)})`,
    bar: '',
  };
}

/** The pooled standard deviation of values about the means of their groups. */
function pooledSd(groups: readonly (readonly number[])[]): number {
  const squares = groups.flatMap((values) => {
    const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
    return values.map((each) => (each - mean) ** 2);
  });
  const freedom = squares.length - groups.length;
  return Math.sqrt(squares.reduce((sum, each) => sum + each, 0) / freedom);
}
