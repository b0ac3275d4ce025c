/** People whose body fat is known, from CSV files: with this bench's own columns or with those of a public source. */

import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** One person. Girths in cm: `navelCm` at the navel or just above the iliac crest, `waistCm` at the narrowest. */
export interface KnownPerson {
  readonly sex: 'male' | 'female';
  readonly ageYears: number;
  readonly heightCm: number;
  readonly weightKg: number;
  readonly neckCm?: number | undefined;
  readonly waistCm?: number | undefined;
  readonly navelCm?: number | undefined;
  readonly hipCm?: number | undefined;
  readonly bodyFatPercent: number;
}

type Line = Readonly<Record<string, string>>;

interface Layout {
  /** The columns by which a file of this layout is recognised. */
  readonly columns: readonly string[];
  person(line: Line): unknown;
  /** Why a line is left out: it is known to be wrong in the source. Null for a line that is right. */
  wrong?(line: Line): string | null;
}

const CM_PER_INCH = 2.54;
const KG_PER_LB = 0.453_592_37;
/** Sources write what is not known as nothing, or as R and Python do. */
const isUnknown = (text: string | undefined) => /^(|NA|NaN)$/i.test(text ?? '');

/** A line without what is not known, so that nothing counts as 0. */
const known = (line: Line): Line =>
  Object.fromEntries(Object.entries(line).filter(([, text]) => !isUnknown(text)));

/** The sex of NHANES as this layout has it. The survey's own files have 1 for men and 2 for women, which is refused. */
const SEXES: Readonly<Record<string, 'male' | 'female'>> = { 0: 'male', 1: 'female' };

const times = (factor: number, text: string | undefined) => text && factor * Number(text);

const LAYOUTS: readonly Layout[] = [
  {
    columns: ['sex', 'ageYears', 'heightCm', 'weightKg', 'bodyFatPercent'],
    person: (line) => line,
  },
  {
    // NHANES, joined: the waist is measured just above the iliac crest.
    columns: ['GENDER', 'AGE', 'HEIGHT', 'WEIGHT', 'FAT', 'WAIST'],
    person: (line) => ({
      sex: SEXES[Number(line['GENDER'] ?? NaN)],
      ageYears: line['AGE'],
      heightCm: line['HEIGHT'],
      weightKg: line['WEIGHT'],
      navelCm: line['WAIST'],
      bodyFatPercent: line['FAT'],
    }),
  },
  {
    // Slack 1997: women; height in metres.
    columns: ['Weight', 'Height', 'Age', 'Neck', 'Hips', 'Waist', 'BFat'],
    person: (line) => ({
      sex: 'female',
      ageYears: line['Age'],
      heightCm: times(100, line['Height']),
      weightKg: line['Weight'],
      neckCm: line['Neck'],
      waistCm: line['Waist'],
      hipCm: line['Hips'],
      bodyFatPercent: line['BFat'],
    }),
    wrong: (line) =>
      Number(line['Age']) < 17 ? `an age of ${line['Age']} among women of 18 to 25 years` : null,
  },
  {
    // Penrose, Nelson & Fisher 1985: men; inches and pounds. The abdomen is measured at the navel.
    columns: ['Density', 'BodyFat', 'Age', 'Weight', 'Height', 'Neck', 'Abdomen', 'Hip'],
    person: (line) => ({
      sex: 'male',
      ageYears: line['Age'],
      heightCm: times(CM_PER_INCH, line['Height']),
      weightKg: times(KG_PER_LB, line['Weight']),
      neckCm: line['Neck'],
      navelCm: line['Abdomen'],
      hipCm: line['Hip'],
      bodyFatPercent: line['BodyFat'],
    }),
    wrong: (line) => {
      if (Number(line['Height']) < 50) return 'a height of 29.5 inches';
      if (Number(line['BodyFat']) <= 0) return 'a body fat of nothing';
      const siri = 495 / Number(line['Density']) - 450;
      return Math.abs(siri - Number(line['BodyFat'])) > 1
        ? 'a body fat that is not that of its density'
        : null;
    },
  },
];

const number = z.preprocess((text) => (text === undefined ? undefined : Number(text)), z.number());
/** Girths (cm) that some person has; others are of another unit. */
const cm = number.pipe(z.number().min(15).max(300)).optional();
const person = z.object({
  sex: z.enum(['male', 'female']),
  ageYears: number.pipe(z.number().min(0).max(130)),
  heightCm: number.pipe(z.number().min(50).max(250)),
  weightKg: number.pipe(z.number().min(10).max(450)),
  neckCm: cm,
  waistCm: cm,
  navelCm: cm,
  hipCm: cm,
  bodyFatPercent: number.pipe(z.number().min(0).max(100)),
});

/**
 * The people of a file. Throws when its columns match no known layout, when it has nobody, or, with the line's number, when a
 * line is invalid: what is not known of a person may only be a girth.
 */
export async function readPeople(file: string): Promise<{ people: KnownPerson[]; leftOut: string[] }> {
  const [header = '', ...lines] = (await readFile(file, 'utf8')).trim().split(/\r?\n/);
  const cells = (line: string) => line.split(',').map((cell) => cell.trim().replaceAll('"', ''));
  const names = cells(header);
  const layout = LAYOUTS.find(({ columns }) => columns.every((column) => names.includes(column)));
  if (!layout) {
    const layouts = LAYOUTS.map(({ columns }) => columns.join(',')).join('\n  ');
    throw new Error(`${file}: its columns are none of\n  ${layouts}`);
  }
  const people: KnownPerson[] = [];
  const leftOut: string[] = [];
  for (const [i, text] of lines.entries()) {
    const values = cells(text);
    // One too many is a comma within a value, such as "20,5", which would be read as 20.
    if (values.length > names.length)
      throw new Error(`${file}, line ${i + 2}: it has more values than columns`);
    const line = known(Object.fromEntries(values.map((cell, column) => [names[column]!, cell])));
    const wrong = layout.wrong?.(line);
    if (wrong) {
      leftOut.push(`line ${i + 2} (${wrong})`);
      continue;
    }
    const parsed = person.safeParse(layout.person(line));
    if (!parsed.success) throw new Error(`${file}, line ${i + 2}: ${z.prettifyError(parsed.error)}`);
    people.push(parsed.data);
  }
  if (people.length === 0) throw new Error(`${file}: it has nobody`);
  return { people, leftOut };
}
