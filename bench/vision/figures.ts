/** Measures mannequins and compares their girths with those from which they were made. */

import { ANGLES } from '@reddyfit/shared/scan/photos';
import { trueGirths } from '../../fixtures/bodies/body.ts';
import { navyBodyFat } from '../../worker/src/body/equations/navy-body-fat.ts';
import type { BodyMeasurement, GirthName } from '../../worker/src/body/vision/body-measurement.ts';
import { silhouettesOf } from '../../worker/src/body/photos/scan-photos.ts';
import { issuesOf } from '../../worker/src/steps/quality-check/activity.ts';
import { ellipseOf, measureGirths, SECTION_SD } from '../../worker/src/body/vision/girths.ts';
import { type Condition, photograph } from './conditions.ts';
import { examineAll, type Examiner } from './gate.ts';

/** The result of one figure under one condition. */
export interface FigureResult {
  readonly seed: number;
  readonly sex: 'male' | 'female';
  readonly heightCm: number;
  readonly bmi: number;
  /** Codes of the faults that the gate found; empty for a figure that it accepted. */
  readonly rejectedFor: readonly string[];
  /** Absent when the figure could not be measured. */
  readonly girths?: Readonly<
    Record<GirthName, { readonly trueCm: number; readonly cm: number; readonly sdCm: number }>
  >;
  /** Navy body fat of the measured girths minus that of the true girths (percentage points). */
  readonly navyDifference?: number;
}

type Cm = Readonly<Record<GirthName, number>>;

/** Navy body fat. Men are measured at the navel, women at the narrowest place. */
function navy(sex: 'male' | 'female', heightCm: number, cm: Cm): number {
  return navyBodyFat({
    sex,
    heightCm,
    neckCm: cm.neck,
    waistCm: sex === 'male' ? cm.navel : cm.waist,
    hipCm: cm.hip,
  });
}

/**
 * Mannequins have elliptical sections, people do not. This removes what the measurer adds for people's sections and for their
 * variation, so that these figures judge only outlines, scale and heights. Other bodies judge the sections (`--csv`).
 */
function asEllipses(
  measured: BodyMeasurement,
  names: readonly GirthName[],
  heightCm: number,
): BodyMeasurement {
  const asEllipse = (name: GirthName) => {
    const { cm, sdCm } = measured[name];
    const ellipse = ellipseOf(name, measured, heightCm);
    const withoutSections = Math.sqrt(sdCm ** 2 - (SECTION_SD[name] * cm) ** 2);
    return [name, { cm: ellipse, sdCm: (withoutSections * ellipse) / cm }] as const;
  };
  return Object.fromEntries(names.map(asEllipse)) as unknown as BodyMeasurement;
}

export async function measureFigure(
  examiner: Examiner,
  seed: number,
  condition: Condition,
): Promise<FigureResult> {
  const { scene, bmi, photos } = await photograph(seed, condition);
  const { sex, heightCm } = scene.body;
  const known = { seed, sex, heightCm, bmi };
  const examined = await examineAll(examiner, photos);
  const issues = issuesOf(examined);
  const rejectedFor = ANGLES.flatMap((angle) => issues[angle].map(({ code }) => `${angle} ${code}`));
  const truth = trueGirths(scene.body);
  try {
    const silhouettes = silhouettesOf(examined);
    if (!silhouettes) throw new Error('no outline');
    const asBody = measureGirths(silhouettes, heightCm);
    const names = Object.keys(truth) as GirthName[];
    const measured = asEllipses(asBody, names, heightCm);
    const girths = Object.fromEntries(
      names.map((name) => [name, { trueCm: truth[name], ...measured[name] }]),
    );
    const cm = Object.fromEntries(names.map((name) => [name, measured[name].cm])) as Cm;
    const navyDifference = navy(sex, heightCm, cm) - navy(sex, heightCm, truth);
    return { ...known, rejectedFor, girths: girths as FigureResult['girths'] & {}, navyDifference };
  } catch (error) {
    return { ...known, rejectedFor: [...rejectedFor, `not measured: ${(error as Error).message}`] };
  }
}
