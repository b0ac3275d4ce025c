/** Computes the girths of shoulders, upper arms, thighs and calves from the outlines of four photos. */

import { medianOf } from '@reddyfit/shared/median';
import type { Angle } from '@reddyfit/shared/scan/photos';
import type { Girth, LimbName } from './body-measurement.ts';
import { NO_EDGE } from './edge.ts';
import { ellipseCircumference } from './ellipse.ts';
import type { Limb, LimbRow, Limbs } from './limbs.ts';
import type { Scale } from './scale.ts';
import type { Silhouette } from './silhouette.ts';

/**
 * `times`: the girth divided by what the outline shows, which is the breadth of shoulders, the ellipse between a
 * thigh's width and depth, and a circle for other limbs. `sd`: how that varies from body to body (share, one standard
 * deviation, place of the tape included). From 11 photographed bodies of anny 0.6.2 (shoulders: 3): deviations 0.022,
 * 0.077, 0.075, 0.048, stated a little larger.
 */
export const SECTION: Readonly<Record<LimbName, { readonly times: number; readonly sd: number }>> = {
  shoulder: { times: 2.42, sd: 0.05 },
  upperArm: { times: 1.05, sd: 0.08 },
  thigh: { times: 0.98, sd: 0.08 },
  calf: { times: 1.005, sd: 0.055 },
};

/**
 * The level of a thigh's tape, and the levels between which a calf's widest place is sought (share of the body's
 * height).
 */
const THIGH = 0.4;
const CALF = { from: 0.15, to: 0.26, step: 0.01 } as const;

/** Where below the shoulders' joints the deltoids stand out most (share of the rows that limbs.ts follows). */
const DELTOIDS = { from: 0.3, to: 0.55 } as const;

/** A thigh is at most this many times as deep as wide: beyond that, the other leg stands out behind it. */
const DEEPEST_THIGH = 1.1;

/** Half the height of the band over which a width is averaged (share of the body's height). */
const BAND = 0.004;

/** Below this width (share of the body's height) there is no limb. */
const LEAST_WIDTH = 0.015;

type PerAngle<Value> = Readonly<Record<Angle, Value>>;

/** The girths of the limbs that the outlines show; the others are left out. */
export function measureLimbs(
  silhouettes: PerAngle<Silhouette>,
  scales: PerAngle<Scale>,
  heightCm: number,
  scaleSd: number,
): Partial<Record<LimbName, Girth>> {
  const limbsOf = (angle: Angle): Limbs | undefined => silhouettes[angle].limbs;
  const widthAt = (angle: Angle, limb: Limb, level: number) => {
    const { soles, bodyPx } = scales[angle];
    return meanWidth(limb, soles - (level + BAND) * bodyPx, soles - (level - BAND) * bodyPx, bodyPx);
  };
  const legWidths = (pair: readonly Angle[], level: number) =>
    pair.flatMap((angle) =>
      (limbsOf(angle)?.legs ?? []).flatMap((limb) => widthAt(angle, limb, level) ?? []),
    );
  const legWidth = (level: number) => medianOf(legWidths(['front', 'back'], level));
  const thigh = (): number | null => {
    const width = legWidth(THIGH);
    const depths = legWidths(['left', 'right'], THIGH);
    if (width === undefined || depths.length === 0) return null;
    return ellipseCircumference(width, Math.min(...depths, DEEPEST_THIGH * width));
  };
  // From the side two calves rarely lie behind each other, so only their width is measured.
  const calves: number[] = [];
  for (let level = CALF.from; level <= CALF.to + 1e-9; level += CALF.step) calves.push(legWidth(level) ?? 0);
  const arms = (['front', 'back'] as const).flatMap((angle) =>
    (limbsOf(angle)?.upperArms ?? []).flatMap(
      (limb) => upperArmWidth(limb, limbsOf(angle)!.forearms, scales[angle].bodyPx) ?? [],
    ),
  );
  const breadths = (['front', 'back'] as const).flatMap((angle) =>
    (limbsOf(angle)?.shoulders ?? []).flatMap((limb) => part(limb, DELTOIDS, scales[angle].bodyPx) ?? []),
  );
  const shares: Record<LimbName, number | null> = {
    shoulder: breadths.length > 0 ? meanOf(breadths) : null,
    upperArm: arms.length > 0 ? Math.PI * medianOf(arms)! : null,
    thigh: thigh(),
    calf: Math.PI * Math.max(...calves) || null,
  };
  return Object.fromEntries(
    (Object.entries(shares) as [LimbName, number | null][]).flatMap(([name, share]) => {
      if (share === null) return [];
      const cm = share * SECTION[name].times * heightCm;
      return [[name, { cm, sdCm: cm * Math.hypot(SECTION[name].sd, scaleSd) }]];
    }),
  );
}

const meanOf = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;

/**
 * The width of an upper arm (share of the body's height): the lower quartile of its rows' widths, because rows above
 * the armpit's fold also hold trunk and are half as wide again. Null where the arm is not seen apart from the trunk.
 */
export function upperArmWidth(limb: Limb, forearms: readonly Limb[], bodyPx: number): number | null {
  const { rows, across } = limb;
  const seen = rows.filter(isSeen(bodyPx));
  if (seen.length === 0 || seen.length < rows.length / 2) return null;
  const widths = seen.map(({ left, right }) => right - left).toSorted((a, b) => a - b);
  const width = (widths[Math.floor(widths.length / 4)]! * across) / bodyPx;
  const forearm = medianOf(forearms.flatMap((each) => part(each, FOREARM, bodyPx) ?? []));
  return forearm !== undefined && width > MERGED * forearm ? null : width;
}

const isSeen =
  (bodyPx: number) =>
  ({ contrast, left, right }: LimbRow) =>
    contrast >= NO_EDGE && right - left > LEAST_WIDTH * bodyPx;

/**
 * FOREARM: the thick part of a forearm (share of its rows). An upper arm that is more than MERGED times as wide as that
 * holds trunk all along (usual are 1.0 to 1.25).
 */
const FOREARM = { from: 0, to: 0.35 } as const;
const MERGED = 1.45;

/**
 * The width across a limb between two shares of its rows (share of the body's height); null where the limb is not seen.
 */
function part(limb: Limb, { from, to }: { readonly from: number; readonly to: number }, bodyPx: number) {
  const count = limb.rows.length - 1;
  return meanWidth(limb, limb.firstRow + from * count, limb.firstRow + to * count, bodyPx);
}

function meanWidth(limb: Limb, fromRow: number, toRow: number, bodyPx: number): number | null {
  const rows = limb.rows.slice(
    Math.max(0, Math.round(fromRow) - limb.firstRow),
    Math.max(0, Math.round(toRow) + 1 - limb.firstRow),
  );
  const seen = rows.filter(isSeen(bodyPx));
  if (seen.length === 0 || seen.length < rows.length / 2) return null;
  return (meanOf(seen.map(({ left, right }) => right - left)) * limb.across) / bodyPx;
}
