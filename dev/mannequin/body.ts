/** The body of a mannequin: sizes in cm, and the truth about its girths. */

import { ellipseCircumference } from '../../worker/src/vision/ellipse.ts';
import type { GirthName } from '../../worker/src/vision/body-measurement.ts';
import { curve } from './curve.ts';

/** One elliptical cross-section: side to side, and front to back (cm). */
export interface Section {
  readonly widthCm: number;
  readonly depthCm: number;
}

/** Everything that a mannequin's shape depends on. */
export interface Body {
  readonly sex: 'male' | 'female';
  /** Sole to crown, without hair (cm). */
  readonly heightCm: number;
  readonly sections: Readonly<Record<SectionName, Section>>;
  /** Where each cross-section lies: share of the height above the floor. */
  readonly levels: Readonly<Record<SectionName, number>>;
  /** Circumferences of limbs (cm). */
  readonly thighCm: number;
  readonly calfCm: number;
  readonly ankleCm: number;
  readonly upperArmCm: number;
  readonly forearmCm: number;
  readonly wristCm: number;
  /** Angle of the arms off the vertical (radians). */
  readonly armAngle: number;
}

/** Cross-sections of the trunk, from top to bottom. */
export const SECTIONS = ['neck', 'shoulder', 'chest', 'waist', 'navel', 'hip'] as const;
export type SectionName = (typeof SECTIONS)[number];

/** Where a tape is laid around `navel` and `chest`, and between which heights it looks for the narrowest or widest. */
export const TAPE = {
  neck: { from: 0.842, to: 0.866, seek: 'narrowest' },
  chest: { from: 0.72, to: 0.72, seek: 'narrowest' },
  waist: { from: 0.605, to: 0.665, seek: 'narrowest' },
  navel: { from: 0.6, to: 0.6, seek: 'narrowest' },
  hip: { from: 0.48, to: 0.55, seek: 'widest' },
} as const satisfies Record<GirthName, { from: number; to: number; seek: 'narrowest' | 'widest' }>;

/** The cross-section whose circumference is `cm` and whose depth is `depthShare` of its width. */
export function sectionOf(cm: number, depthShare: number): Section {
  const widthCm = cm / ellipseCircumference(1, depthShare);
  return { widthCm, depthCm: widthCm * depthShare };
}

/** Lowest and highest point of the trunk (share of height). */
export const TRUNK = { bottom: 0.455, top: 0.905 } as const;

/** Width and depth (cm) of the trunk at a height above the floor (share of the body's height). */
export function trunk({ sections, levels }: Body): (level: number) => Section {
  const { neck, shoulder, chest, waist, navel, hip } = sections;
  const knots: (readonly [level: number, width: number, depth: number])[] = [
    [TRUNK.bottom, hip.widthCm * 0.62, hip.depthCm * 0.6],
    [0.478, hip.widthCm * 0.95, hip.depthCm * 0.93],
    [levels.hip, hip.widthCm, hip.depthCm],
    [levels.navel, navel.widthCm, navel.depthCm],
    [levels.waist, waist.widthCm, waist.depthCm],
    [levels.chest, chest.widthCm, chest.depthCm],
    [0.762, chest.widthCm * 1.02, chest.depthCm * 0.95],
    [levels.shoulder, shoulder.widthCm * 0.87, shoulder.depthCm],
    [0.821, neck.widthCm * 0.45 + shoulder.widthCm * 0.4, shoulder.depthCm * 0.85],
    [0.8395, neck.widthCm * 1.1, neck.depthCm * 1.12],
    [levels.neck, neck.widthCm, neck.depthCm],
    [0.872, neck.widthCm * 1.02, neck.depthCm * 1.01],
    [TRUNK.top, neck.widthCm * 0.75, neck.depthCm * 0.7],
  ];
  const heights = knots.map(([level]) => level);
  const width = curve(heights, knots.map(([, w]) => w)); // prettier-ignore
  const depth = curve(heights, knots.map(([, , d]) => d)); // prettier-ignore
  return (level) => ({ widthCm: width(level), depthCm: depth(level) });
}

/** The true circumferences (cm), as a tape would find them. */
export function trueGirths(body: Body): Record<GirthName, number> {
  const at = trunk(body);
  const around = (level: number) => {
    const { widthCm, depthCm } = at(level);
    return ellipseCircumference(widthCm, depthCm);
  };
  const find = ({ from, to, seek }: (typeof TAPE)[GirthName]) => {
    const steps = Math.round((to - from) / 0.0005);
    const girths = Array.from({ length: steps + 1 }, (_, i) =>
      around(from + (to - from) * (i / (steps || 1))),
    );
    return seek === 'widest' ? Math.max(...girths) : Math.min(...girths);
  };
  return {
    neck: find(TAPE.neck),
    chest: find(TAPE.chest),
    waist: find(TAPE.waist),
    navel: find(TAPE.navel),
    hip: find(TAPE.hip),
  };
}
