/** The results of an ended scan as a readable page: findings, advice, and the push that announced it. Pure. */

import { lbToKg } from '@reddyfit/shared/scan/measures';
import type { DeltaResult, EstimationResult, EstimationSource } from '@reddyfit/shared/scan/results';
import type { Scan } from '@reddyfit/shared/scan/document';
import { type ResultOf, STEP, STEP_NAMES, type StepName } from '@reddyfit/shared/scan/steps';
import { type Paint, plain } from './paint.ts';
import type { View } from './render.ts';
import { wrap } from './wrap.ts';
import { finding, span } from '@reddyfit/shared/words/findings';
import { ENGLISH, photoFeedback, stepTitle } from './wording.ts';

const { say } = ENGLISH;
const { number, percent, signed } = ENGLISH.format;

/** Girths from top to bottom. */
const GIRTHS = ['neck', 'shoulder', 'chest', 'upperArm', 'waist', 'navel', 'hip', 'thigh', 'calf'] as const;

/** The push that a phone would show. */
export interface ReceivedPush {
  readonly title: string;
  readonly body: string;
}

const INDENT = '    ';
const LABEL_WIDTH = 20;
const MAX_WIDTH = 96;

/** The lines of the page. `push` is null when none arrived. */
export function resultPage(
  scan: Scan,
  push: ReceivedPush | null,
  { paint = plain, width = MAX_WIDTH }: View = {},
): string[] {
  const page = new Page(paint, Math.min(width, MAX_WIDTH));
  pushSection(page, push);
  if (scan.error) errorSection(page, scan);
  for (const name of STEP_NAMES) {
    const result = scan.results?.[name];
    const own = SECTIONS[name] as ((page: Page, result: object, scan: Scan) => void) | undefined;
    if (result && own) own(page, result, scan);
    else if (result && !STEP[name].essential) plainSection(page, stepTitle(name), result);
  }
  if (scan.warnings?.length) page.section('Warnings', 'yellow').items(scan.warnings);
  // A scan that ended before its estimation has no simulated number or text.
  if (scan.simulated && scan.results?.estimation) page.note(simulatedNote(scan.results.estimation));
  headline(page, scan);
  return page.lines;
}

/** The most important results once more at the end of the page, because the steps have scrolled away. */
function headline(page: Page, { status, results }: Scan): void {
  const parts = (['estimation', 'delta'] as const).flatMap((step) =>
    results?.[step] ? [finding(step, results, ENGLISH)!] : [],
  );
  if (status === 'completed' && parts.length > 0) page.bold(parts);
}

/** The note that results are simulated: the texts only, or the body fat as well. */
function simulatedNote({ modelCall }: EstimationResult): string {
  return say('screen', modelCall ? 'simulated.numbers' : 'simulated.texts');
}

/** Collects lines: sections with a heading, rows with a label, wrapped text. */
class Page {
  readonly lines: string[] = [];
  readonly #paint: Paint;
  readonly #width: number;

  constructor(paint: Paint, width: number) {
    this.#paint = paint;
    this.#width = width;
  }

  section(title: string, colour: 'cyan' | 'yellow' | 'red' = 'cyan'): this {
    this.lines.push('', `  ${this.#paint('bold', this.#paint(colour, title))}`);
    return this;
  }

  text(text: string): this {
    this.lines.push(...wrap(text, this.#width - INDENT.length).map((line) => INDENT + line));
    return this;
  }

  /** A label too long for its column has a line of its own. */
  row(label: string, text: string): this {
    const blank = ' '.repeat(INDENT.length + LABEL_WIDTH);
    const [first = '', ...rest] = wrap(text, this.#width - blank.length);
    const fits = label.length < LABEL_WIDTH;
    const head = INDENT + this.#paint('dim', fits ? label.padEnd(LABEL_WIDTH) : label);
    this.lines.push(...(fits ? [head + first] : [head, blank + first]), ...rest.map((line) => blank + line));
    return this;
  }

  /** Rows of one label, each text on a line of its own; no row when there are no texts. */
  rows(label: string, texts: readonly string[]): this {
    texts.forEach((text, index) => this.row(index === 0 ? label : '', text));
    return this;
  }

  items(texts: readonly string[]): this {
    for (const text of texts) {
      const [first = '', ...rest] = wrap(text, this.#width - INDENT.length - 2);
      this.lines.push(`${INDENT}• ${first}`, ...rest.map((line) => `${INDENT}  ${line}`));
    }
    return this;
  }

  /** Bold lines, each text on a line of its own. */
  bold(texts: readonly string[]): this {
    const lines = texts.flatMap((text) => wrap(text, this.#width - 2));
    this.lines.push('', ...lines.map((line) => `  ${this.#paint('bold', line)}`));
    return this;
  }

  note(text: string): this {
    this.lines.push('', ...wrap(text, this.#width - 2).map((line) => `  ${this.#paint('dim', line)}`));
    return this;
  }
}

function pushSection(page: Page, push: ReceivedPush | null): void {
  page.section('Push on the phone');
  if (push) page.text(push.title).text(push.body);
  else page.text(say('screen', 'push.none'));
}

function errorSection(page: Page, { status, error, results }: Scan): void {
  page.section(
    status === 'rejected' ? 'Photos not accepted' : `Scan ${status}`,
    status === 'failed' ? 'red' : 'yellow',
  );
  const feedback = photoFeedback(results);
  if (feedback.length > 0) page.items(feedback);
  else page.text(error!.message);
  page
    .row('Code', error!.code)
    .rows(
      'Photos',
      (error!.photos ?? []).map(({ angle, code }) => `${angle}: ${code}`),
    )
    .row('Try again', say('screen', error!.retryable ? 'retry.same_photos' : 'retry.after_change'));
}

/** The layout of each step that has one of its own. The faults of photos are in the error's section. */
const SECTIONS: { [Name in StepName]?: (page: Page, result: ResultOf<Name>, scan: Scan) => void } = {
  estimation: compositionSection,
  delta: changeSection,
  insights: (page, { summary, highlights, nextFocus }) =>
    page.section('Insights').text(summary).items(highlights).row('Next', nextFocus),
  nutrition: nutritionSection,
  workout: workoutSection,
  hydration: (page, { dailyWaterMl, dailyWaterFlOz, tips }) =>
    page
      .section('Hydration')
      .row('Water', `${number(dailyWaterMl)} mL a day (${number(dailyWaterFlOz)} fl oz)`)
      .items(tips),
};

/** The results of any other optional step: its numbers with their names, its texts, and its lists of texts. */
function plainSection(page: Page, title: string, result: object): void {
  page.section(title);
  for (const [name, value] of Object.entries(result)) {
    if (typeof value === 'number')
      page.row(
        sentenceCase(name.replaceAll(/(?=[A-Z])/g, ' ').toLowerCase()),
        number(value, Number.isInteger(value) ? 0 : 1),
      );
    if (typeof value === 'string') page.text(value);
    if (Array.isArray(value)) page.items(value.filter((item) => typeof item === 'string'));
  }
}

function compositionSection(page: Page, estimation: EstimationResult, scan: Scan): void {
  const { bodyFatPercent, bodyFatRange, leanMassLb, fatMassLb, bmi, confidence, observations } = estimation;
  const { sources = [], flags = [], rangeSentence } = estimation;
  page
    .section('Body composition')
    .row(
      'Body fat',
      `${percent(bodyFatPercent)} (${number(bodyFatRange.low, 1)} to ${percent(bodyFatRange.high)})`,
    )
    .rows('Made of', sources.map(sourceText))
    .row('Lean mass', mass(leanMassLb))
    .row('Fat mass', mass(fatMassLb))
    .row('Weight', mass(scan.weightLb))
    .row('Body mass index', `${number(bmi, 1)} kg/m²`)
    .row('Confidence', percent(confidence * 100, 0))
    .rows('Measurements', girthTexts(estimation))
    .items([
      ...(rangeSentence ? [rangeSentence] : []),
      ...flags.map((flag) => say('estimation', flag)),
      ...observations,
    ]);
}

/** "62% measured: 21.3 ± 3.2%". */
function sourceText({ source, bodyFatPercent, sd, weight }: EstimationSource): string {
  return `${percent(weight * 100, 0)} ${say('screen', `origin.${source}`)}: ${number(bodyFatPercent, 1)} ± ${percent(sd)}`;
}

/** Each girth with its interval, from top to bottom, and the ratios; nothing when the body was not measured. */
function girthTexts({ measurements, waistToHip, waistToHeight }: EstimationResult): string[] {
  if (!measurements) return [];
  const girths = GIRTHS.flatMap((name) => {
    const girth = measurements[name];
    if (!girth) return [];
    const { cm, low, high } = girth;
    return [
      `${say('screen', `girth.${name}`)} ${number(cm, 1)} cm (${number(low, 1)} to ${number(high, 1)})`,
    ];
  });
  const { shoulderToWaist, volume } = measurements;
  const ratios = [
    ...(shoulderToWaist ? [`shoulders to waist ${number(shoulderToWaist.ratio, 2)}`] : []),
    ...(waistToHip ? [`waist to hip ${number(waistToHip, 2)}`] : []),
    ...(waistToHeight ? [`waist to height ${number(waistToHeight, 2)}`] : []),
  ];
  return [
    ...girths,
    ...(ratios.length > 0 ? [ratios.join(', ')] : []),
    ...(volume
      ? [
          `${say('screen', 'volume')} ${number(volume.litres, 1)} L (${number(volume.low, 1)} to ${number(volume.high, 1)})`,
        ]
      : []),
  ];
}

const mass = (lb: number) => `${number(lb, 1)} lb (${number(lbToKg(lb), 1)} kg)`;

function changeSection(page: Page, { previous, year, trend }: DeltaResult): void {
  page.section('Change');
  if (!previous) page.text(say('screen', 'nothing_before'));
  if (previous) page.row(sentenceCase(span(previous.days, ENGLISH)), difference(previous.change));
  if (year && year.scanId !== previous?.scanId)
    page.row(sentenceCase(span(year.days, ENGLISH)), difference(year.change));
  if (previous?.change.heightChanged || year?.change.heightChanged)
    page.text(`${sentenceCase(say('screen', 'found.height_changed'))}.`);
  if (trend) {
    page.row(
      'Trend',
      `${signed(trend.bodyFatPercentPerWeek, 2)} points${byChance(trend)} and ${signed(trend.weightLbPerWeek, 2)} lb a week, over ${trend.scans} scans`,
    );
  }
}

const sentenceCase = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function difference(change: NonNullable<DeltaResult['previous']>['change']): string {
  const { bodyFatPercent, weightLb, leanMassLb, fatMassLb, moreThanChance } = change;
  // The masses are computed from the body fat: where its change may be chance, so may theirs.
  const masses = moreThanChance === false ? '' : ` (lean ${signed(leanMassLb)}, fat ${signed(fatMassLb)})`;
  return `body fat ${signed(bodyFatPercent)} points${byChance(change)}, weight ${signed(weightLb)} lb${masses}`;
}

const byChance = ({
  moreThanChance,
  weightDoubtful,
}: {
  moreThanChance?: boolean | undefined;
  weightDoubtful?: true | undefined;
}) => (weightDoubtful ? ' (the weight is doubtful)' : moreThanChance === false ? ' (may be chance)' : '');

function nutritionSection(page: Page, nutrition: ResultOf<'nutrition'>): void {
  const { goal, bmrKcal, tdeeKcal, calorieTargetKcal, proteinG, fatG, carbsG, meals, advice } = nutrition;
  page
    .section('Nutrition')
    .row('Goal', say('screen', `goal.${goal}`))
    .row(
      'Calories',
      `${number(calorieTargetKcal)} kcal a day (your body uses ${uses(bmrKcal, tdeeKcal, calorieTargetKcal)})`,
    )
    .row(
      'Macronutrients',
      `${number(proteinG)} g protein, ${number(fatG)} g fat, ${number(carbsG)} g carbohydrates`,
    );
  for (const { name, description } of meals) page.row(name, description);
  page.text(advice);
}

/**
 * The energy that a body uses in a day and at rest. The former is left out when it equals the target, which stands just
 * before.
 */
function uses(restKcal: number, dayKcal: number, targetKcal: number): string {
  const atRest = `${number(restKcal)} at rest`;
  return Math.round(dayKcal) === Math.round(targetKcal) ? atRest : `${number(dayKcal)}, ${atRest}`;
}

function workoutSection(page: Page, { goal, sessions, advice }: ResultOf<'workout'>): void {
  page.section('Workout').row('Goal', say('screen', `goal.${goal}`));
  for (const { name, minutes, exercises } of sessions) {
    const list = exercises.map((exercise) => `${exercise.name} ${exercise.sets}×${exercise.reps}`).join(', ');
    page.row(name, `${minutes} min: ${list}`);
  }
  page.text(advice);
}
