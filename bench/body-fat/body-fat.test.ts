import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgePeople } from './judge.ts';
import { readPeople } from './people.ts';
import { barsOf, correlationLines, groupLines } from './table.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'body-fat-'));
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
async function read(...lines: string[]) {
  const file = join(folder, `${files++}.csv`);
  await writeFile(file, lines.join('\n'));
  return readPeople(file);
}

describe('a file of people', () => {
  it('has its columns in any order, others beside them, quotes, and the mark of a spreadsheet before them', async () => {
    const { people } = await read(
      '\uFEFF"bodyFatPercent",heightCm,note,weightKg,sex,navelCm,ageYears',
      '"21.5",180,x,82,"male",90,34\r',
    );
    expect(people).toEqual([
      { sex: 'male', ageYears: 34, heightCm: 180, weightKg: 82, navelCm: 90, bodyFatPercent: 21.5 },
    ]);
  });

  it.each(['', 'NA', 'NaN'])('may lack girths, written as "%s"', async (unknown) => {
    const own = await read(
      'sex,ageYears,heightCm,weightKg,bodyFatPercent,neckCm,navelCm',
      `female,30,165,60,28,${unknown},80`,
    );
    expect(own.people[0]!.neckCm).toBeUndefined();
    expect(own.people[0]!.navelCm).toBe(80);
    const survey = await read('ID,GENDER,AGE,HEIGHT,WEIGHT,FAT,WAIST', `1,0,30,180,80,20,${unknown}`);
    expect(survey.people[0]!.navelCm).toBeUndefined();
    expect(judgePeople(survey.people[0]!).verdicts).not.toHaveProperty('relative_fat_mass');
  });

  it.each([
    ['an age', 'male,,180,80,20', 'ageYears'],
    ['a body fat', 'male,30,180,80,NA', 'bodyFatPercent'],
    ['a height', 'male,30,,80,20', 'heightCm'],
    ['a sex', ',30,180,80,20', 'sex'],
    ['a height in metres', 'male,30,1.8,80,20', 'heightCm'],
    ['a body fat as a share with a sign', 'male,30,180,80,20%', 'bodyFatPercent'],
  ])('is refused with its line where somebody lacks %s', async (_, line, field) => {
    const columns = 'sex,ageYears,heightCm,weightKg,bodyFatPercent';
    await expect(read(columns, 'male,30,180,80,20', line)).rejects.toThrow(/line 3/);
    await expect(read(columns, line)).rejects.toThrow(field);
  });

  it('is refused where a girth is in inches, or sexes are those of the survey itself', async () => {
    const columns = 'sex,ageYears,heightCm,weightKg,bodyFatPercent,neckCm';
    await expect(read(columns, 'male,30,180,80,20,14.9')).rejects.toThrow('neckCm');
    const survey = 'GENDER,AGE,HEIGHT,WEIGHT,FAT,WAIST';
    await expect(read(survey, '2,30,165,60,28,80')).rejects.toThrow('sex');
    expect((await read(survey, '0,30,165,60,28,80', '1,30,165,60,28,80')).people.map(({ sex }) => sex)).toEqual(['male', 'female']); // prettier-ignore
  });

  it('is refused where a value holds a comma, as a decimal one does', async () => {
    const columns = 'sex,ageYears,heightCm,weightKg,bodyFatPercent';
    await expect(read(columns, 'male,30,180,80,20', 'male,30,180,80,"20,5"')).rejects.toThrow(
      'line 3: it has more values than columns',
    );
  });

  it('is refused where it has nobody', async () => {
    await expect(read('sex,ageYears,heightCm,weightKg,bodyFatPercent')).rejects.toThrow('it has nobody');
  });

  it('leaves out, and tells of, the line of Slack 1997 that has an age of a year', async () => {
    const columns = 'Weight,Height,Age,Neck,Hips,Waist,BFat';
    const { people, leftOut } = await read(
      columns,
      '49.44,1.6129,22,28.8,90.2,62.8,23.07',
      '55,1.65,1,30,92,66,22',
    );
    expect(people).toHaveLength(1);
    expect(leftOut).toEqual(['line 3 (an age of 1 among women of 18 to 25 years)']);
  });
});

describe('the bars', () => {
  /** Men of one body mass index (kg/m²) whose body fat is by so many points less than the Navy's equation says. */
  const men = (count: number, bmi: number, less = 0) =>
    Array.from({ length: count }, () =>
      judgePeople({
        sex: 'male',
        ageYears: 34,
        heightCm: 180,
        weightKg: bmi * 3.24,
        neckCm: 38,
        navelCm: 88,
        bodyFatPercent: 18.4 - less,
      }),
    );

  it('are for each class of body mass index of at least 30 people', () => {
    const classes = (count: number) =>
      barsOf([...men(count, 22), ...men(40, 27)]).flatMap(({ what }) => what.match(/BMI .*/) ?? []);
    expect(classes(29)).toEqual(['BMI 25–30']);
    expect(classes(30)).toEqual(['BMI 18.5–25', 'BMI 25–30']);
    // 18.5 and 25 begin a class.
    expect(barsOf([...men(30, 25), ...men(30, 18.5)]).filter(({ what }) => what.includes('BMI'))).toHaveLength(2); // prettier-ignore
  });

  it('want an interval that holds neither too few nor too many', () => {
    const held = (outside: number) => barsOf([...men(100 - outside, 24), ...men(outside, 24, 15)])[0]!;
    expect([1, 2, 8, 9].map((outside) => held(outside).reached)).toEqual([false, true, true, false]);
  });

  it('compare with each equation on those who have its girths, and with none that few have', () => {
    const lacking = judgePeople({
      sex: 'male',
      ageYears: 34,
      heightCm: 180,
      weightKg: 78,
      bodyFatPercent: 30,
    });
    // One without girths does not leave the Navy's equation out of the comparison.
    expect(barsOf([...men(60, 24, 3), lacking])[1]!.what).toContain('(navy, 60)');
    expect(barsOf([...men(29, 24, 3), ...Array<typeof lacking>(40).fill(lacking)])[1]!.what).not.toContain('navy'); // prettier-ignore
  });

  it('and the tables, are made of one sex, and of a handful of people', () => {
    const few = men(6, 24);
    expect(groupLines(few).some((line) => line.startsWith('men (6)'))).toBe(true);
    expect(groupLines(few).some((line) => line.startsWith('women'))).toBe(false);
    expect(correlationLines(men(1, 24))).toEqual([]);
    expect(barsOf(men(1, 24))).toHaveLength(2);
  });
});
