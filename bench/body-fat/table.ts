/** Tables of bias, error, coverage and correlations of errors, and the bars for the result. */

import type { JudgedPerson, Verdict } from './judge.ts';

interface Group {
  readonly title: string;
  readonly holds: (judged: JudgedPerson) => boolean;
}

const BMI_CLASSES: readonly (readonly [from: number, to: number])[] = [
  [0, 18.5],
  [18.5, 25],
  [25, 30],
  [30, 35],
  [35, 40],
  [40, Infinity],
];

const between = (from: number, to: number, unit: string) =>
  to === Infinity ? `${unit} from ${from}` : from === 0 ? `${unit} below ${to}` : `${unit} ${from}–${to}`;

const groups = (
  title: string,
  classes: readonly (readonly [number, number])[],
  of: (judged: JudgedPerson) => number,
): Group[] =>
  classes.map(([from, to]) => ({
    title: between(from, to, title),
    holds: (judged) => of(judged) >= from && of(judged) < to,
  }));

const BY_BMI = groups('BMI', BMI_CLASSES, ({ bmi }) => bmi);

const GROUPS: readonly Group[] = [
  { title: 'all', holds: () => true },
  { title: 'men', holds: ({ person }) => person.sex === 'male' },
  { title: 'women', holds: ({ person }) => person.sex === 'female' },
  ...BY_BMI,
  ...groups('age', [[0, 18], [18, 30], [30, 45], [45, 60], [60, Infinity]], ({ person }) => person.ageYears), // prettier-ignore
  ...groups('body fat', [[0, 10], [10, 20], [20, 30], [30, 40], [40, Infinity]], ({ person }) => person.bodyFatPercent), // prettier-ignore
];

/**
 * A group with fewer people than `told` is left out of the table; a class of body mass index with fewer than `judged` has no
 * bar.
 */
const FEWEST = { told: 5, judged: 30 } as const;

const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
const rms = (values: readonly number[]) => Math.sqrt(mean(values.map((each) => each ** 2)));
const coverage = (verdicts: readonly Verdict[]) => mean(verdicts.map(({ held }) => (held ? 1 : 0)));

const namesOf = (judged: readonly JudgedPerson[]) => [
  ...new Set(judged.flatMap(({ verdicts }) => Object.keys(verdicts))),
];
const verdictsOf = (judged: readonly JudgedPerson[], name: string) =>
  judged.flatMap(({ verdicts }) => verdicts[name] ?? []);

/** Bias, root mean square error (points) and coverage (%) of each equation and of the result, group by group. */
export function groupLines(judged: readonly JudgedPerson[]): string[] {
  const names = namesOf(judged);
  const cell = (text: string) => text.padStart(24);
  const lines = [`${'bias, RMSE, held by the 95 %'.padEnd(30)}${names.map(cell).join('')}`];
  for (const { title, holds } of GROUPS) {
    const those = judged.filter(holds);
    if (those.length < FEWEST.told) continue;
    const cells = names.map((name) => {
      const verdicts = verdictsOf(those, name);
      if (verdicts.length < FEWEST.told) return '';
      const errors = verdicts.map(({ error }) => error);
      const bias = mean(errors);
      return `${bias >= 0 ? '+' : ''}${bias.toFixed(1)}, ${rms(errors).toFixed(2)}, ${(100 * coverage(verdicts)).toFixed(0)} %`;
    });
    lines.push(`${`${title} (${those.length})`.padEnd(30)}${cells.map(cell).join('')}`);
  }
  return lines;
}

/** Correlation of the errors of each pair of equations, about their means and about zero. */
export function correlationLines(judged: readonly JudgedPerson[]): string[] {
  const names = namesOf(judged).filter((name) => name !== 'result' && name !== 'profile_only');
  return names.flatMap((one, i) =>
    names.slice(i + 1).flatMap((other) => {
      const pairs = judged.flatMap(({ verdicts }) => {
        const [a, b] = [verdicts[one], verdicts[other]];
        return a && b ? [[a.error, b.error] as const] : [];
      });
      if (pairs.length < FEWEST.told) return [];
      const correlation = (a: readonly number[], b: readonly number[]) =>
        mean(a.map((each, k) => each * b[k]!)) / (rms(a) * rms(b));
      const [a, b] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
      const centred = (values: readonly number[]) => values.map((each) => each - mean(values));
      return [
        `${`${one}, ${other}`.padEnd(32)}${correlation(centred(a), centred(b)).toFixed(2)}; ${correlation(a, b).toFixed(2)}`,
      ];
    }),
  );
}

interface Bar {
  readonly what: string;
  readonly value: string;
  readonly bar: string;
  readonly reached: boolean;
}

interface Rival {
  readonly name: string;
  readonly people: number;
  /** Root mean square errors (points) on the people who have the girths of this equation. */
  readonly result: number;
  readonly equation: number;
}

/**
 * The equation to which the result loses most, or which it beats by the least. Each is compared on the people who have its
 * girths, since others may lack them; an equation for few of them is left out, unless nobody has another.
 */
function hardestRival(judged: readonly JudgedPerson[]): Rival {
  const rivals = namesOf(judged)
    .filter((name) => name !== 'result' && name !== 'profile_only')
    .map((name): Rival => {
      const those = judged.filter(({ verdicts }) => verdicts[name]);
      const error = (of: string) => rms(verdictsOf(those, of).map(({ error: points }) => points));
      return { name, people: those.length, result: error('result'), equation: error(name) };
    });
  const many = rivals.filter(({ people }) => people >= FEWEST.judged);
  const margin = ({ result, equation }: Rival) => result - equation;
  return (many.length > 0 ? many : rivals).reduce((hardest, each) =>
    margin(each) > margin(hardest) ? each : hardest,
  );
}

/** The bars for the result on each file. */
export function barsOf(judged: readonly JudgedPerson[]): Bar[] {
  const held = coverage(verdictsOf(judged, 'result'));
  const best = hardestRival(judged);
  return [
    {
      what: 'result: truth within the stated 95 % interval',
      value: `${(100 * held).toFixed(1)} %`,
      bar: '92–98 %',
      reached: held >= 0.92 && held <= 0.98,
    },
    {
      what: `result: RMSE against that of the best equation (${best.name}, ${best.people})`,
      value: `${best.result.toFixed(2)}, ${best.equation.toFixed(2)}`,
      bar: 'at most 0.1 points more',
      reached: best.result <= best.equation + 0.1,
    },
    ...BY_BMI.flatMap(({ title, holds }): Bar[] => {
      const those = judged.filter(holds);
      if (those.length < FEWEST.judged) return [];
      const share = coverage(verdictsOf(those, 'result'));
      return [
        { what: `result: the same of ${those.length} with ${title}`, value: `${(100 * share).toFixed(1)} %`, bar: '≥ 85 %', reached: share >= 0.85 }, // prettier-ignore
      ];
    }),
  ];
}
