/** Bodies of all sizes: girths plausible for sex, height and body mass index, the same for the same seed. */

import { type Body, sectionOf } from './body.ts';
import { random, type Random } from './random.ts';

/** Intercept (cm) and slope (cm per kg/m²) of a girth over body mass index, at a height of 176 or 163 cm. */
type Line = readonly [intercept: number, slope: number];

/** Rounded from tables of anthropometric surveys (NHANES 2015–2018, ANSUR II 2012): shapes to try, no norm. */
const GIRTHS: Record<Body['sex'], Record<string, Line>> = {
  male: {
    neck: [22.5, 0.6],
    chest: [52, 1.95],
    waist: [18, 2.75],
    hip: [58, 1.6],
    thigh: [25, 1.2],
    calf: [21, 0.65],
    ankle: [16, 0.28],
    upperArm: [13, 0.8],
    forearm: [15, 0.48],
    wrist: [11.5, 0.23],
  },
  female: {
    neck: [20, 0.53],
    chest: [50, 1.85],
    waist: [17, 2.5],
    hip: [56, 1.9],
    thigh: [26, 1.35],
    calf: [20, 0.68],
    ankle: [14.5, 0.3],
    upperArm: [11, 0.78],
    forearm: [13, 0.44],
    wrist: [10, 0.22],
  },
};

/** What is known of a sampled body beside its shape. */
export interface Sampled {
  readonly body: Body;
  /** Body mass index (kg/m²). */
  readonly bmi: number;
}

/** The body of a seed: height 150 to 200 cm, body mass index 17 to 42. */
export function sampleBody(seed: number): Sampled {
  const chance = random(seed);
  const sex = chance.chance(0.5) ? 'male' : 'female';
  const heightCm = sex === 'male' ? chance.between(160, 200) : chance.between(150, 186);
  const bmi = chance.between(17, 42);
  return { body: bodyOf(sex, heightCm, bmi, chance), bmi };
}

/** A body of this sex, height (cm) and body mass index (kg/m²); the rest is chance within what is seen in people. */
export function bodyOf(sex: Body['sex'], heightCm: number, bmi: number, chance: Random): Body {
  // Girths grow slower than height at the same index.
  const stature = (heightCm / (sex === 'male' ? 176 : 163)) ** 0.6;
  const girth = (name: string, deviation = 0.03) => {
    const [intercept, slope] = GIRTHS[sex][name]!;
    return (intercept + slope * bmi) * stature * chance.around(1, deviation);
  };
  const heavy = (bmi - 17) / 25;
  const waistCm = girth('waist');
  // Broad at the level of the navel, more so with more fat.
  const navelCm = waistCm * chance.between(1.015, 1.05 + 0.03 * heavy);
  const hipCm = Math.max(girth('hip'), navelCm * 0.96);
  const hip = sectionOf(hipCm, chance.between(0.68, 0.76) + 0.05 * heavy);
  const chest = sectionOf(Math.max(girth('chest'), waistCm * 1.02), chance.between(0.68, 0.76));
  const shoulderCm = chest.widthCm * (sex === 'male' ? 1.27 : 1.2);
  const depthShare = chance.between(0.7, 0.76) + 0.13 * heavy;
  const waist = sectionOf(waistCm, depthShare);
  const navel = sectionOf(navelCm, depthShare * chance.between(0.98, 1.04));
  const sections = {
    neck: sectionOf(girth('neck'), chance.between(0.96, 1.08)),
    shoulder: { widthCm: shoulderCm, depthCm: chest.depthCm * 0.78 },
    chest,
    waist,
    navel,
    hip,
  };
  const levels = {
    neck: chance.between(0.85, 0.857),
    shoulder: 0.797,
    chest: chance.between(0.715, 0.725),
    waist: chance.between(0.628, 0.642),
    navel: chance.between(0.597, 0.603),
    hip: chance.between(0.508, 0.522),
  };
  const limbs = {
    thighCm: Math.min(girth('thigh'), hip.widthCm * 0.48 * Math.PI),
    calfCm: girth('calf'),
    ankleCm: girth('ankle'),
    upperArmCm: girth('upperArm'),
    forearmCm: girth('forearm'),
    wristCm: girth('wrist'),
  };
  const body = { sex, heightCm, sections, levels, ...limbs, armAngle: 0 };
  return { ...body, armAngle: freeArmAngle(body) + chance.between(0, 0.1) };
}

/** The least angle of the arms (radians) that leaves 5 cm of air beside waist and hip. */
function freeArmAngle({ heightCm, sections, forearmCm }: Omit<Body, 'armAngle'>): number {
  const shoulderX = sections.shoulder.widthCm * 0.44;
  const free = (halfWidth: number, limbHalf: number, drop: number) =>
    Math.atan((halfWidth + 5 + limbHalf - shoulderX) / (drop * heightCm));
  const limbHalf = forearmCm / 6;
  return Math.max(
    0.2,
    free(sections.waist.widthCm / 2, limbHalf, 0.16),
    free(sections.navel.widthCm / 2, limbHalf, 0.19),
    free(sections.hip.widthCm / 2, 5, 0.28),
  );
}

/** The angle of the arms (radians) at which they lie against the hips. */
export function touchingArmAngle({ heightCm, sections, forearmCm }: Body): number {
  const shoulderX = sections.shoulder.widthCm * 0.43;
  return Math.atan(
    (sections.hip.widthCm / 2 + forearmCm / (2 * Math.PI) - 2 - shoulderX) / (0.27 * heightCm),
  );
}
