/** Computes the body's volume by slices: elliptical slices of trunk, head and legs, and round slices of arms. */

import type { Angle } from '@reddyfit/shared/scan/photos';
import type { Volume } from './body-measurement.ts';
import { upperArmWidth } from './limb-girths.ts';
import type { Limb } from './limbs.ts';
import { type Band, type Outline, seenFirst } from './outline.ts';
import type { Scale } from './scale.ts';
import type { Silhouette } from './silhouette.ts';

type PerAngle<Value> = Readonly<Record<Angle, Value>>;

/** The thickness of a slice, and the levels between which each part lies (shares of the body's height). */
const SLICE = 0.005;
const TRUNK = { from: 0.46, to: 0.9 } as const;
const LEGS_FROM = 0.06;

/**
 * `times`: the body's volume divided by that of these slices, which miss hands, feet, hollows between the legs, and
 * what differs from an ellipse, and are 3 % too deep and 1 % too wide, since a near camera shows a body that is turned a
 * little so (see SECTION in girths.ts). `sd`: how that varies (share, one standard deviation). On 152 photographed bodies of
 * anny 0.6.2 (seeds 9000–11079) the two are 0.970 and 0.043; on 94 others (12000–12099) 0.969 and 0.048.
 */
export const WHOLE = { times: 0.97, sd: 0.045 } as const;

/** Above this height (share of the body's) lies the neck, where no garment hangs. */
const CLOTHED_TO = 0.82;

/**
 * The body's volume; undefined when a part cannot be seen. Lengths are shares of the body's height until the last step.
 * `loose` returns the uncertainty (share) that cloth over a level adds to a girth.
 */
export function measureVolume(
  silhouettes: PerAngle<Silhouette>,
  outlines: PerAngle<Outline>,
  scales: PerAngle<Scale>,
  heightCm: number,
  scaleSd: number,
  loose: (level: number) => number,
): Volume | undefined {
  const parts = volumeParts(silhouettes, outlines, scales, loose);
  if (!parts) return undefined;
  const whole = parts.trunk + parts.head + parts.legs + parts.arms;
  const litres = (WHOLE.times * whole * heightCm ** 3) / 1000;
  // A scale that errs makes width and depth err together.
  return { litres, sdLitres: litres * Math.hypot(WHOLE.sd, 2 * scaleSd, parts.trunkSd / whole) };
}

export interface VolumeParts {
  readonly trunk: number;
  /** The trunk's standard deviation, from what is bridged in its slices and from cloth. */
  readonly trunkSd: number;
  readonly head: number;
  readonly legs: number;
  readonly arms: number;
}

/** The volume of each part's slices (shares of the cube of the body's height); null when a part cannot be seen. */
export function volumeParts(
  silhouettes: PerAngle<Silhouette>,
  outlines: PerAngle<Outline>,
  scales: PerAngle<Scale>,
  loose: (level: number) => number = () => 0,
): VolumeParts | null {
  const extents = (pair: readonly Angle[]) => (level: number) =>
    leastBand(pair.flatMap((angle) => outlines[angle].at(level) ?? []));
  const limbs = (pair: readonly Angle[], part: 'head' | 'legs') => (level: number) =>
    pair.flatMap((angle) =>
      (silhouettes[angle].limbs?.[part] ?? []).flatMap((limb) => widthAt(limb, scales[angle], level) ?? []),
    );
  const [fronts, sides] = [['front', 'back'] as const, ['left', 'right'] as const];

  const trunk = stack(TRUNK.from, TRUNK.to, extents(fronts), extents(sides), loose);
  const head = stack(
    TRUNK.to,
    1,
    (level) => seenAs(least(limbs(fronts, 'head')(level))),
    (level) => seenAs(least(limbs(sides, 'head')(level))),
  );
  const leg = stack(
    LEGS_FROM,
    TRUNK.from,
    (level) => seenAs(mean(limbs(fronts, 'legs')(level))),
    (level) => seenAs(least(limbs(sides, 'legs')(level))),
  );
  const arm = mean(fronts.flatMap((angle) => armOf(silhouettes[angle], scales[angle]) ?? []));
  if (!trunk || !head || !leg || !arm) return null;
  return {
    trunk: trunk.volume,
    trunkSd: trunk.sd,
    head: head.volume,
    legs: 2 * leg.volume,
    arms: 2 * arm,
  };
}

const least = (values: readonly number[]) => (values.length > 0 ? Math.min(...values) : null);
const mean = (values: readonly number[]) =>
  values.length > 0 ? values.reduce((sum, each) => sum + each, 0) / values.length : null;

/** The narrowest band; bridged bands count only when none is seen. */
const leastBand = (bands: readonly Band[]): Band | null =>
  bands.length === 0 ? null : seenFirst(bands).reduce((a, b) => (b.extent < a.extent ? b : a));
const seenAs = (extent: number | null): Band | null => (extent === null ? null : { extent, sd: 0 });

/**
 * Stacks elliptical slices between two levels. Hidden levels are bridged from the nearest levels that are seen; null
 * when too few are seen. A bridge, or cloth, that makes one slice uncertain also lies over its neighbours, and so the
 * deviations add up.
 */
function stack(
  from: number,
  to: number,
  width: (level: number) => Band | null,
  depth: (level: number) => Band | null,
  loose: (level: number) => number = () => 0,
): { volume: number; sd: number } | null {
  const levels: number[] = [];
  for (let level = from + SLICE / 2; level < to; level += SLICE) levels.push(level);
  const [widths, depths] = [bridged(levels.map(width)), bridged(levels.map(depth))];
  if (!widths || !depths) return null;
  let [volume, sd] = [0, 0];
  for (const [i, level] of levels.entries()) {
    const [wide, deep] = [widths[i]!, depths[i]!];
    const slice = (Math.PI / 4) * wide.extent * deep.extent * SLICE;
    volume += slice;
    // Cloth that makes a girth wider by a share makes both width and depth wider by that share.
    const cloth = level < CLOTHED_TO ? 2 * loose(level) : 0;
    sd += slice * Math.hypot(wide.sd / wide.extent, deep.sd / deep.extent, cloth);
  }
  return { volume, sd };
}

/**
 * Interpolates null bands between their neighbours, and repeats the nearest band beyond the ends; null when less than a
 * third is known.
 */
function bridged(bands: readonly (Band | null)[]): Band[] | null {
  const known = bands.flatMap((band, i) => (band === null ? [] : [i]));
  if (known.length < bands.length / 3) return null;
  return bands.map((band, i) => {
    if (band !== null) return band;
    const before = known.findLast((k) => k < i) ?? known[0]!;
    const after = known.find((k) => k > i) ?? known.at(-1)!;
    const share = before === after ? 0 : Math.max(0, Math.min(1, (i - before) / (after - before)));
    const between = (of: 'extent' | 'sd') => bands[before]![of] * (1 - share) + bands[after]![of] * share;
    return { extent: between('extent'), sd: between('sd') };
  });
}

function widthAt(limb: Limb, { soles, bodyPx }: Scale, level: number): number | null {
  const row = limb.rows[Math.round(soles - level * bodyPx) - limb.firstRow];
  return row && row.right > row.left ? ((row.right - row.left) * limb.across) / bodyPx : null;
}

/**
 * The volume of one arm from its shoulder to its wrist (share of the body's height, cubed): an upper arm that is round
 * and equally thick all along, and round slices of a forearm.
 */
function armOf({ limbs }: Silhouette, { bodyPx }: Scale): number | null {
  const upper = mean(
    (limbs?.upperArms ?? []).flatMap((limb) => {
      const width = upperArmWidth(limb, limbs?.forearms ?? [], bodyPx);
      const long = limb.rows.length / FOLLOWED.upper / bodyPx / limb.across;
      return width !== null && limb.across > 0 ? [(Math.PI / 4) * width ** 2 * long] : [];
    }),
  );
  const fore = mean(
    (limbs?.forearms ?? []).flatMap(({ rows, across }) =>
      across > 0
        ? [(rows.reduce((sum, { left, right }) => sum + (Math.PI / 4) * ((right - left) * across) ** 2, 0) / across / FOLLOWED.fore) / bodyPx ** 3] // prettier-ignore
        : [],
    ),
  );
  return upper !== null && fore !== null ? upper + fore : null;
}

/** The share of an upper arm's and of a forearm's length that limbs.ts follows. */
const FOLLOWED = { upper: 0.55, fore: 0.85 } as const;
