import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import { describe, expect, it } from 'vitest';
import type { GirthName } from './body-measurement.ts';
import { ellipseCircumference } from './ellipse.ts';
import { ellipseOf, measureGirths, SECTION } from './girths.ts';
import { ANKLES_ABOVE_FLOOR, CROWN_TO_ANKLES } from './scale.ts';
import { SECTIONS_OF_BODIES } from './sections.fixture.ts';
import type { Cover, NavelSigns, Silhouette, TrunkRow } from './silhouette.ts';

/** Sole to crown (px). */
const BODY = 1000;
const HEIGHT_CM = 170;

/** Width and depth (share of the height) of a plain body: a neck of 0.065 that leans by `lean` degrees, a trunk of 0.18 by 0.12. */
const NECK = { from: 0.83, to: 0.9, width: 0.065 } as const;

interface Change {
  readonly lean?: number;
  /** How much higher the hips' joints lie than other bodies' (share of the height). */
  readonly rise?: number;
  /** The same of the shoulders' joints. */
  readonly shouldersRise?: number;
  /** How much further below the ankles the front photo shows the toes than a parallel view (share of the height). */
  readonly toes?: number;
  /** The level of the only row of the front photo's belly that looks like a navel's. */
  readonly navelAt?: number;
  /** What a photo's colours say of hair and cloth. */
  readonly cover?: (angle: Angle) => Cover;
  /** Changes the row that a photo shows at a level. */
  readonly row?: (angle: Angle, level: number, row: TrunkRow) => TrunkRow;
}

function silhouette(
  angle: Angle,
  { lean = 0, rise = 0, shouldersRise = 0, toes = 0, navelAt, cover, row = (_a, _l, same) => same }: Change,
): Silhouette {
  const crown = 100;
  const ankles = crown + CROWN_TO_ANKLES[angle] * BODY;
  const soles = ankles + ANKLES_ABOVE_FLOOR[angle] * BODY;
  const firstRow = Math.round(soles - 0.9 * BODY);
  const tilt = (lean * Math.PI) / 180;
  const rows = Array.from({ length: Math.round(0.46 * BODY) }, (_, i): TrunkRow => {
    const level = (soles - firstRow - i) / BODY;
    const profile = angle === 'left' || angle === 'right';
    const isNeck = level >= NECK.from;
    const extent = isNeck ? NECK.width / (profile ? Math.cos(tilt) : 1) : profile ? 0.12 : 0.18;
    // A left profile looks to the left, so a neck that leans forward moves to the left with each row up.
    const ahead = profile && isNeck ? (level - NECK.from) * Math.tan(tilt) * (angle === 'left' ? -1 : 1) : 0;
    const middle = 500 + ahead * BODY;
    const half = (extent * BODY) / 2;
    return row(angle, level, { left: middle - half, right: middle + half, contrast: 100, free: true });
  });
  const leg = Array.from({ length: Math.round(0.1 * BODY) }, (_, i) => {
    const level = (soles - firstRow - rows.length - i) / BODY;
    const half = ((angle === 'left' || angle === 'right' ? 0.12 : 0.18) * BODY) / 2;
    const { left, right } = row(angle, level, { left: 500 - half, right: 500 + half, contrast: 100, free: true }); // prettier-ignore
    return { left, right, contrast: 100 };
  });
  return {
    crown,
    soles: angle === 'front' ? ankles + (0.0466 + toes) * BODY : soles,
    ankles,
    hips: soles - (0.5344 + rise) * BODY,
    shoulders: soles - (0.822 + shouldersRise) * BODY,
    firstRow,
    rows,
    ...(cover && { cover: cover(angle) }),
    ...(angle === 'front' && navelAt !== undefined && { navel: signsAt(soles - navelAt * BODY, soles) }),
    limbs: {
      head: [],
      shoulders: [],
      upperArms: [],
      forearms: [],
      legs: [{ firstRow: firstRow + rows.length, rows: leg, across: 1 }],
    },
  };
}

/** Signs of rows from the level 0.64 down to 0.555, of which only that near `row` (px) looks like a navel's. */
function signsAt(row: number, soles: number): NavelSigns {
  const [firstRow, step] = [soles - 0.64 * BODY, 2.5];
  const near = (i: number) => (firstRow + i * step - row) / 4;
  return { firstRow, step, signs: Array.from({ length: 35 }, (_, i) => 8 * Math.exp(-0.5 * near(i) ** 2)) };
}

const measured = (change: Change = {}) =>
  measureGirths(
    Object.fromEntries(ANGLES.map((angle) => [angle, silhouette(angle, change)])) as Record<
      Angle,
      Silhouette
    >,
    HEIGHT_CM,
  );

const trunkCm = ellipseCircumference(0.18, 0.12) * HEIGHT_CM;
const neckCm = ellipseCircumference(NECK.width, NECK.width) * HEIGHT_CM;

describe('girths of four outlines', () => {
  it('are ellipses between widths and depths, and what sections have more', () => {
    const { waist, navel, hip, neck } = measured();
    expect(waist.cm / SECTION.waist).toBeCloseTo(trunkCm, 0);
    expect(navel.cm / SECTION.navel).toBeCloseTo(trunkCm, 0);
    // This seat stands out over the waist by nothing, where others have 1.29 times its girth.
    expect(hip.cm / SECTION.hip / trunkCm).toBeCloseTo((1 / 1.29) ** 0.045, 2.5);
    expect(neck.cm / SECTION.neck / neckCm).toBeCloseTo(1, 2.5);
  });

  it('a tape has the more around a seat, the further that stands out over the waist', () => {
    const seat = (width: number) => {
      const body = measured({
        row: (angle, level, row) => {
          if (angle === 'left' || angle === 'right') return row;
          const out = ((width - 0.18) / 2) * BODY * Math.max(0, Math.min(1, (0.6 - level) / 0.1));
          return { ...row, left: row.left - out, right: row.right + out };
        },
      });
      const ellipse = ellipseCircumference(width, 0.12) * HEIGHT_CM;
      expect(ellipseOf('hip', body, HEIGHT_CM) / ellipse).toBeCloseTo(1, 2);
      return { over: body.hip.cm / body.waist.cm, more: body.hip.cm / SECTION.hip / ellipse };
    };
    const [plain, broad] = [seat(0.21), seat(0.27)];
    expect(broad.more / plain.more).toBeCloseTo((broad.over / plain.over) ** (0.045 / 1.045), 3);
    expect(broad.more / plain.more).toBeGreaterThan(1.008);
  });

  it('a neck that leans forward is as thick as one that stands upright', () => {
    expect(measured({ lean: 25 }).neck.cm / measured().neck.cm).toBeCloseTo(1, 1.5);
    // A row across a neck that leans so is a tenth longer.
    expect(1 / Math.cos((25 * Math.PI) / 180)).toBeGreaterThan(1.1);
  });

  it.each([
    ['a hand beside the hips', 0.48, 0.56],
    ['an arm at the waist', 0.6, 0.69],
  ])('%s in one photo is not taken for body', (_, from, to) => {
    const taken = measured({
      row: (angle, level, row) =>
        angle === 'back' && level > from && level < to ? { ...row, right: row.right + 60 } : row,
    });
    const plain = measured();
    for (const name of ['waist', 'navel', 'hip'] as const)
      expect(Math.abs(taken[name].cm / plain[name].cm - 1), name).toBeLessThan(0.01);
  });

  it('what arms hide in both photos is bridged, and the interval says so', () => {
    const hidden = measured({
      row: (angle, level, row) =>
        (angle === 'front' || angle === 'back') && level > 0.57 && level < 0.64
          ? { ...row, right: row.right + 70, free: false }
          : row,
    });
    const plain = measured();
    expect(Math.abs(hidden.navel.cm / plain.navel.cm - 1)).toBeLessThan(0.01);
    expect(hidden.navel.sdCm).toBeGreaterThan(1.15 * plain.navel.sdCm);
  });

  it('a chin over a short neck, which stands on a broad back, does not hide the nape behind it', () => {
    const short = (angle: Angle, level: number, row: TrunkRow): TrunkRow => {
      if (angle === 'front' || angle === 'back' || level < NECK.from) return row;
      const [ahead, behind] = [level > 0.872 ? 30 : 0, level < 0.868 ? 25 : 0];
      return angle === 'left'
        ? { ...row, left: row.left - ahead, right: row.right + behind }
        : { ...row, left: row.left - behind, right: row.right + ahead };
    };
    // Chin and back make the middle line lean as they do people's, and the plane passes between them.
    const { neck } = measured({ lean: 25, row: short });
    expect(neck.cm / SECTION.neck / neckCm).toBeCloseTo(1, 2);
  });

  it('a neck that chin and back leave no room for is uncertain', () => {
    const between = (px: number) =>
      measured({
        lean: 17,
        row: (angle, level, row) => {
          if (angle === 'front' || angle === 'back' || level < NECK.from) return row;
          const [ahead, behind] = [level > 0.85 ? px : 0, level < 0.88 ? px : 0];
          return angle === 'left'
            ? { ...row, left: row.left - ahead, right: row.right + behind }
            : { ...row, left: row.left - behind, right: row.right + ahead };
        },
      }).neck;
    // A weightlifter's neck came out 0.14 thinner than it is.
    expect(between(45).cm + 1.96 * between(45).sdCm).toBeGreaterThan(between(45).cm / (1 - 0.14));
    expect(between(0).sdCm / between(0).cm).toBeLessThan(0.03);
  });

  it('neck and trunk are thicker than they look before level cameras, which show hips higher', () => {
    const by = (name: GirthName, rise: number) => measured({ rise })[name].cm / measured()[name].cm;
    expect(by('neck', 0.02)).toBeCloseTo(1.008, 3);
    expect(by('waist', 0.02)).toBeCloseTo(1.0048, 4);
    expect(by('navel', 0.02)).toBeCloseTo(1.0035, 3);
    const hip = (rise: number) => ellipseOf('hip', measured({ rise }), HEIGHT_CM);
    expect(hip(0.02) / hip(0)).toBeCloseTo(1, 4);
    expect(by('neck', -0.02)).toBeCloseTo(1, 3);
    expect(by('waist', -0.02)).toBeCloseTo(1, 3);
  });

  it('a neck whose edges are faint is thicker than its outlines, and less certain', () => {
    const by = (contrast: number, ...angles: Angle[]) =>
      measured({ row: (angle, _, row) => (angles.includes(angle) ? { ...row, contrast } : row) }).neck;
    const clear = measured().neck;
    for (const [angles, more] of [
      [['front'], 1.013],
      [['left'], 1.011],
      [ANGLES, 1.024],
      [['back'], 1],
    ] as const)
      // prettier-ignore
      expect(by(25, ...angles).cm / clear.cm).toBeCloseTo(more, 4);
    expect(by(60, ...ANGLES)).toEqual(clear);
    expect(by(25, 'front').sdCm / clear.sdCm).toBeGreaterThan(1.3);
    expect(by(25, 'left').sdCm / clear.sdCm).toBeLessThan(1.02);
    expect(by(43, 'front').sdCm).toBeLessThan(by(25, 'front').sdCm);
  });

  it('a neck is the more uncertain the higher shoulders lie that leave little place for a tape', () => {
    const [usual, high, higher] = [0, 0.014, 0.03].map((shouldersRise) => {
      const { sdCm, cm } = measured({ shouldersRise }).neck;
      return sdCm / cm;
    });
    expect(usual).toBeLessThan(0.03);
    expect(high! / usual!).toBeGreaterThan(1.3);
    expect(high! / usual!).toBeLessThan(2.5);
    expect(higher! / usual!).toBeGreaterThan(2.5);
  });

  it('hands before the hips in both profiles are bridged, and the interval says so', () => {
    /** Hips that are widest at 0.51. */
    const hips = (angle: Angle, level: number, row: TrunkRow): TrunkRow => {
      const out =
        angle === 'front' || angle === 'back' ? 9 * Math.max(0, 1 - Math.abs(level - 0.51) / 0.08) : 0;
      return { ...row, left: row.left - out, right: row.right + out };
    };
    const held = measured({
      row: (angle, level, row) => {
        if (level <= 0.475 || level >= 0.56) return hips(angle, level, row);
        if (angle === 'left') return { ...row, left: row.left - 45 };
        return angle === 'right' ? { ...row, right: row.right + 45 } : hips(angle, level, row);
      },
    });
    const plain = measured({ row: hips });
    expect(Math.abs(held.hip.cm / plain.hip.cm - 1)).toBeLessThan(0.02);
    expect(held.hip.sdCm).toBeGreaterThan(1.1 * plain.hip.sdCm);
  });

  it('the navel is as uncertain as the girths about it are different, more so where they grow fast below', () => {
    const belly = measured({
      row: (_, level, row) => {
        const more = Math.max(0, 0.604 - level) * 400;
        return { ...row, left: row.left - more, right: row.right + more };
      },
    }).navel;
    const plain = measured().navel;
    expect(belly.cm).toBeGreaterThan(1.005 * plain.cm);
    expect(belly.sdCm / belly.cm).toBeGreaterThan(1.3 * (plain.sdCm / plain.cm));
  });

  it('the navel is looked for lower on a deep belly', () => {
    /** Girths that grow downwards, on a trunk that is `deep` px deeper. */
    const navel = (deep: number) =>
      measured({
        row: (angle, level, row) => {
          const profile = angle === 'left' || angle === 'right';
          const more = (level < 0.8 ? (0.8 - level) * 200 : 0) + (profile ? deep : 0);
          return { ...row, left: row.left - more, right: row.right + more };
        },
      });
    // What the ellipse between the same sides has at 0.605, where the navel of a usual belly lies.
    const grown = (0.8 - 0.605) * 200 * 2;
    const [flat, deep] = [-40, 20].map((px) => {
      const usual = ellipseCircumference(0.18 + grown / BODY, 0.12 + (grown + 2 * px) / BODY) * HEIGHT_CM;
      return navel(px).navel.cm / SECTION.navel / usual;
    });
    expect(flat).toBeLessThan(0.998);
    expect(deep).toBeGreaterThan(1.002);
  });

  it('the navel is looked for higher where the back is hollow higher', () => {
    /** Widths that grow downwards, before a back that is hollow around a level; the depth is the same at all levels. */
    const navel = (hollow: number | null) =>
      measured({
        row: (angle, level, row) => {
          if (level > 0.8) return row;
          if (angle === 'front' || angle === 'back') {
            const more = (0.8 - level) * 200;
            return { ...row, left: row.left - more, right: row.right + more };
          }
          const deep = hollow === null ? 0 : Math.max(0, 12 - 3000 * (level - hollow) ** 2);
          const forwards = angle === 'left' ? -deep : deep;
          return { ...row, left: row.left + forwards, right: row.right + forwards };
        },
      }).navel.cm;
    // Half of the way from one to the other is that of usual backs, and of those that have no hollow.
    expect(navel(0.639)).toBeLessThan(0.996 * navel(0.599));
    expect(navel(null)).toBeCloseTo((navel(0.639) + navel(0.599)) / 2, 0);
    // A hollow that lies further away is no waist's.
    expect(navel(0.67)).toBeCloseTo(navel(0.66), 1);
  });

  it('thin trunks are squarer than ellipses, and fat ones rounder', () => {
    const share = (width: number, depth: number) => {
      const body = measured({
        row: (angle, level, row) => {
          if (level >= NECK.from) return row;
          const half = (BODY * (angle === 'left' || angle === 'right' ? depth : width)) / 2;
          return { ...row, left: 500 - half, right: 500 + half };
        },
      });
      const ellipse = ellipseCircumference(width, depth) * HEIGHT_CM;
      expect(ellipseOf('navel', body, HEIGHT_CM)).toBeCloseTo(ellipse, 0);
      return body.navel.cm / SECTION.navel / ellipse;
    };
    expect(share(0.18, 0.12)).toBeCloseTo(1, 2.5);
    expect(share(0.14, 0.095)).toBeCloseTo(1.007, 2.5);
    expect(share(0.25, 0.2)).toBeCloseTo(0.99, 2.5);
  });

  it('the interval of a navel is as long as the girths at both ends of its place differ', () => {
    const hips = measured({
      row: (_, level, row) => {
        const more = level < 0.587 ? 12 : 0;
        return { ...row, left: row.left - more, right: row.right + more };
      },
    });
    const wide = ellipseCircumference(0.18 + 24 / BODY, 0.12 + 24 / BODY) * HEIGHT_CM;
    const between = 0.8 * (wide - trunkCm) * SECTION.navel;
    expect(2 * 1.96 * hips.navel.sdCm).toBeGreaterThan(between);
    // The further end alone would make it 1.7 times as long.
    expect(2 * 1.96 * hips.navel.sdCm).toBeLessThan(1.5 * between);
  });

  it('a navel that joints expect far from the usual place has a wider interval', () => {
    /** Girths that grow downwards by as much everywhere. */
    const share = (change: Change) => {
      const { sdCm, cm } = measured({
        ...change,
        row: (_, level, row) => {
          const more = level < 0.8 ? (0.8 - level) * 200 : 0;
          return { ...row, left: row.left - more, right: row.right + more };
        },
      }).navel;
      return sdCm / cm;
    };
    const lower = (rise: number) => share({ rise, shouldersRise: rise });
    expect(lower(-0.008) / lower(0)).toBeCloseTo(1, 1);
    expect(lower(-0.03) / lower(-0.008)).toBeGreaterThan(1.25);
    expect(lower(0.03) / lower(0)).toBeGreaterThan(1.25);
  });

  it('a navel that the front photo shows is measured there, and more surely', () => {
    // Below 0.61 the trunk grows by 5 % for each 0.01.
    const row = (_angle: Angle, level: number, same: TrunkRow) => {
      const grow = 1 + 5 * Math.max(0, Math.min(0.08, 0.61 - level));
      const [middle, half] = [(same.left + same.right) / 2, (grow * (same.right - same.left)) / 2];
      return { ...same, left: middle - half, right: middle + half };
    };
    const [unseen, seen] = [measured({ row }).navel, measured({ row, navelAt: 0.583 }).navel];
    // The place is known from 0.6 ± 0.009, and what is seen lies within 0.0045 of all photos' level.
    const there = trunkCm * (1 + 5 * (0.61 - 0.5865)) * SECTION.navel;
    expect(Math.abs(seen.cm / there - 1)).toBeLessThan(0.02);
    expect(unseen.cm / there).toBeLessThan(0.96);
    expect(seen.sdCm).toBeLessThan(0.75 * unseen.sdCm);
    // Seen where it is expected, it is as certain there.
    expect(measured({ row, navelAt: 0.6 }).navel.sdCm).toBeLessThan(0.75 * unseen.sdCm);
  });

  it('a camera that looks down shows joints and navel lower alike, which does not change the navel', () => {
    /** Widths that grow by 0.8 for each unit downwards, shown `lower` than they are; depths are those of a usual belly. */
    const navel = (change: Change, lower = 0) =>
      measured({
        ...change,
        row: (angle, level, row) => {
          if (level > 0.8) return row;
          const profile = angle === 'left' || angle === 'right';
          const wide = 0.18 + (0.66 - Math.min(0.66, level + lower)) * 0.8;
          const half = (BODY * (profile ? 0.1265 : wide)) / 2;
          return { ...row, left: 500 - half, right: 500 + half };
        },
      }).navel.cm;
    const plain = navel({});
    expect(navel({ rise: -0.02, shouldersRise: -0.02 }, 0.02) / plain).toBeCloseTo(1, 2);
    // Toes that are shown lower, too, say that the camera looks down more than the joints do.
    expect(navel({ toes: 0.04 }) / plain).toBeGreaterThan(1.003);
    expect(navel({ toes: 0.04 }) / plain).toBeLessThan(1.015);
    expect(navel({ shouldersRise: 0.02 }) / plain).toBeLessThan(0.99);
    // How much more a camera shows them says nothing of the navel.
    expect(navel({ toes: 0.04 })).toBeCloseTo(navel({ toes: 0.025 }), 5);
  });

  it('a navel is measured around its likely level, so that what is wrong there alone does little', () => {
    const navel = (more: number) =>
      measured({
        row: (angle, level, row) => {
          const wider = angle === 'front' && Math.abs(level - 0.6) < 0.004 ? more : 0;
          return { ...row, left: row.left - wider, right: row.right + wider };
        },
      }).navel.cm;
    expect(Math.abs(navel(8) / navel(0) - 1)).toBeLessThan(0.003);
  });

  it.each([
    ['fronts', 'back', 14, { width: 0.194, depth: 0.12 }],
    ['profiles', 'right', 5, { width: 0.18, depth: 0.125 }],
  ] as const)('%s that differ a little count alike, since either may err', (_, one, px, { width, depth }) => {
    const { waist } = measured({
      row: (angle, level, row) =>
        angle === one && level < 0.8 ? { ...row, left: row.left - px, right: row.right + px } : row,
    });
    expect(waist.cm / SECTION.waist).toBeCloseTo(ellipseCircumference(width, depth) * HEIGHT_CM, 0);
    expect(waist.sdCm / waist.cm).toBeGreaterThan(1.1 * (measured().waist.sdCm / measured().waist.cm));
  });

  it.each([
    ['widths', 'back', { width: 0.006, depth: 0 }],
    ['depths', 'right', { width: 0, depth: 0.006 }],
  ] as const)(
    'the mean of two %s that differ is uncertain by a quarter of that',
    (_, one, { width, depth }) => {
      const trunk = (apart: number) =>
        measured({
          rise: -0.002,
          row: (angle, level, row) =>
            angle === one && level < NECK.from
              ? { ...row, left: row.left - (apart / 2) * BODY, right: row.right + (apart / 2) * BODY }
              : row,
        });
      const [alike, differing] = [trunk(0), trunk(2 * (width + depth))];
      const mean = ellipseCircumference(0.18 + width, 0.12 + depth);
      const grown = ellipseCircumference(0.18 + 1.5 * width, 0.12 + 1.5 * depth) / mean - 1;
      for (const name of ['waist', 'hip'] as const) {
        const share = ({ [name]: { cm, sdCm } }: typeof alike) => sdCm / cm;
        expect(ellipseOf(name, differing, HEIGHT_CM), name).toBeCloseTo(mean * HEIGHT_CM, 0);
        expect(Math.sqrt(share(differing) ** 2 - share(alike) ** 2), name).toBeCloseTo(grown, 4);
      }
    },
  );

  it('depths of which one is not believed are no surer than depths that differ less', () => {
    const [little, more] = [6, 8].map((px) => {
      const { cm, sdCm } = measured({
        row: (angle, level, row) =>
          angle === 'right' && level < 0.8 ? { ...row, left: row.left - px, right: row.right + px } : row,
      }).waist;
      return sdCm / cm;
    });
    expect(more).toBeGreaterThan(little!);
  });

  it('a depth of which the other photo shows a quarter more is uncertain by 0.7 of the difference', () => {
    const { cm, sdCm } = measured({
      row: (angle, level, row) =>
        angle === 'right' && level < 0.8 ? { ...row, left: row.left - 15, right: row.right + 15 } : row,
    }).waist;
    const [uncertain, plain] = [sdCm / cm, measured().waist];
    const more = ellipseCircumference(0.18, 0.12 + 0.7 * 0.03) / ellipseCircumference(0.18, 0.12) - 1;
    expect(uncertain).toBeCloseTo(Math.hypot(more, plain.sdCm / plain.cm), 3);
    // The girth of a flat section changes less with its depth than with its width.
    expect(uncertain).toBeLessThan((0.95 * 0.7 * 0.03) / (0.18 + 0.12));
  });

  it('where a hand was found in one profile alone, the other is no deeper than the bridge', () => {
    const { hip } = measured({
      row: (angle, level, row) => {
        // A hand that begins so slowly that nothing steps outwards.
        const slowly = 15 * Math.max(0, Math.min(1, (0.64 - level) / 0.07));
        if (angle === 'right') return { ...row, right: row.right + slowly };
        const found = angle === 'left' && level > 0.4 && level < 0.54;
        return found ? { ...row, left: row.left - 45 } : row;
      },
    });
    expect(hip.cm / measured().hip.cm).toBeCloseTo(1, 2);
  });

  it('an outline that runs along an arm, inside of what the other profile bridges, is not believed alone', () => {
    const navel = (left: number) =>
      measured({
        row: (angle, level, row) => {
          if (level < 0.56 || level > 0.63) return row;
          if (angle === 'right') return { ...row, right: row.right - 30 };
          return angle === 'left' ? { ...row, left: row.left - left } : row;
        },
      }).navel;
    const [dented, seen] = [navel(20), navel(-30)];
    expect(dented.cm).toBeGreaterThan(1.02 * seen.cm);
    expect(dented.sdCm / dented.cm).toBeGreaterThan(2 * (seen.sdCm / seen.cm));
  });

  it('a waist that arms hide in both fronts is narrower than what is seen below it, and uncertain', () => {
    const waist = (from: number) =>
      measured({
        row: (angle, level, row) =>
          (angle === 'front' || angle === 'back') && level > from && level < 0.82
            ? { ...row, free: false }
            : row,
      }).waist;
    for (const from of [0.6, 0.63]) {
      const narrower = ellipseCircumference(0.18 * (1 - 2 * (0.66 - from)), 0.12);
      expect(waist(from).cm / (SECTION.waist * HEIGHT_CM * narrower)).toBeCloseTo(1, 1.7);
      // A trunk that is as wide as below is within the interval.
      expect(Math.abs(measured().waist.cm - waist(from).cm)).toBeLessThan(1.96 * waist(from).sdCm);
    }
    const share = (from: number) => (1.96 * waist(from).sdCm) / waist(from).cm;
    expect(share(0.63)).toBeCloseTo(0.071, 2);
    expect(share(0.6)).toBeGreaterThan(share(0.63));
  });

  it('the waist is looked for lower, too, where the camera looks down', () => {
    /** A trunk that is narrowest at 0.564 to 0.573, as photos are read. */
    const waist = (toes: number) =>
      measured({
        toes,
        row: (_, level, row) =>
          level > 0.564 && level < 0.573 ? { ...row, left: row.left + 5, right: row.right - 5 } : row,
      }).waist.cm;
    expect(waist(0)).toBeCloseTo(measured().waist.cm, 5);
    expect(waist(0.04)).toBeLessThan(0.95 * waist(0));
  });

  it('the waist is not looked for lower where a level camera is held high, which shows such toes, too', () => {
    /** The same trunk; hips that lie 0.045 higher than usual are those that wholly level cameras show. */
    const waist = (toes: number, rise: number) =>
      measured({
        toes,
        rise,
        row: (_, level, row) =>
          level > 0.564 && level < 0.573 ? { ...row, left: row.left + 5, right: row.right - 5 } : row,
      }).waist.cm;
    expect(waist(0.04, 0.045)).toBeCloseTo(waist(0, 0.045), 5);
    expect(waist(0.04, 0.01)).toBeLessThan(0.96 * waist(0, 0.01));
  });

  it.each(['waist', 'navel', 'hip'] as const)(
    'the factor of the %s is what a tape has more than the ellipse, on bodies whose tapes are known',
    (name) => {
      const column = 1 + 2 * ['neck', 'waist', 'navel', 'hip'].indexOf(name);
      const ratios = SECTIONS_OF_BODIES.map((row) => row[column + 1]! / row[column]!);
      const mean = ratios.reduce((sum, each) => sum + each, 0) / ratios.length;
      // Two to three standard errors of the mean of 48.
      expect(Math.abs(mean / SECTION[name] - 1)).toBeLessThan(0.008);
    },
  );

  it('necks that two photos show differently are as uncertain as they differ', () => {
    const odd = measured({
      row: (angle, level, row) =>
        angle === 'left' && level >= NECK.from ? { ...row, left: row.left - 20, right: row.right + 20 } : row,
    }).neck;
    const plain = measured().neck;
    expect(odd.sdCm / odd.cm).toBeGreaterThan(2 * (plain.sdCm / plain.cm));
  });

  it('a back that is a tenth wider than the front, as backs are, makes a neck no less certain', () => {
    const wider = measured({
      row: (angle, level, row) =>
        angle === 'back' && level >= NECK.from ? { ...row, left: row.left - 3, right: row.right + 3 } : row,
    }).neck;
    const plain = measured().neck;
    expect(wider.cm / plain.cm).toBeGreaterThan(1.008);
    expect(wider.sdCm / wider.cm / (plain.sdCm / plain.cm)).toBeLessThan(1.03);
  });

  it('a neck is the less certain the more its depth and width differ', () => {
    const [plain, deep, deeper] = [0, 6, 9].map((px) => {
      const { sdCm, cm } = measured({
        row: (angle, level, row) =>
          (angle === 'left' || angle === 'right') && level >= NECK.from
            ? { ...row, left: row.left - px, right: row.right + px }
            : row,
      }).neck;
      return sdCm / cm;
    });
    expect(deep).toBeGreaterThan(1.03 * plain!);
    expect(deeper).toBeGreaterThan(1.2 * deep!);
  });

  it('a neck that all photos show alike is known to 4.5 % (95 %)', () => {
    const { sdCm, cm } = measured().neck;
    expect((1.96 * sdCm) / cm).toBeLessThan(0.047);
    expect((1.96 * sdCm) / cm).toBeGreaterThan(0.042);
  });

  it.each([
    ['waist', 0.0272],
    ['hip', 0.0261],
  ] as const)('a %s that all photos show alike is known to a share of %d, 95 times in 100', (name, share) => {
    const { sdCm, cm } = measured()[name];
    expect((1.96 * sdCm) / cm).toBeCloseTo(share, 3);
  });

  it('what colours cut off one profile counts as body when the other profile, in which nothing was cut, is as deep', () => {
    /** The left profile without the 30 px that were cut off its back. The right one is `other` px less deep than the body. */
    const waist = (isKnownAsCut: boolean, other = 0) =>
      measured({
        row: (angle, level, row) => {
          if (level < 0.56 || level > 0.72) return row;
          if (angle === 'right') return { ...row, left: row.left + other };
          if (angle !== 'left') return row;
          return { ...row, right: row.right - 30, ...(isKnownAsCut && { cut: 30 }) };
        },
      }).waist;
    const whole = measured().waist;
    expect(waist(true).cm).toBeCloseTo(whole.cm, 1);
    expect(waist(true).sdCm).toBeGreaterThan(1.1 * whole.sdCm);
    // An arm or a shadow that was taken into the other profile looks the same, but nothing was cut.
    expect(waist(false).cm).toBeLessThan(0.93 * whole.cm);
    // The other profile is deeper than this one, but not as deep as this one was: it has the same hollow.
    expect(waist(true, 18).cm).toBeLessThan(0.93 * whole.cm);
  });

  it('hair over the neck in one photo of a pair does not count, in all of them it widens the interval', () => {
    const hair = (angles: readonly Angle[]) =>
      measured({
        row: (angle, level, row) =>
          angles.includes(angle) && level >= NECK.from
            ? { ...row, left: row.left - 20, right: row.right + 20 }
            : row,
      }).neck;
    const plain = measured().neck;
    expect(hair(['back', 'left']).cm / plain.cm).toBeCloseTo(1, 2);
    expect(hair(['left', 'right']).sdCm / hair(['left', 'right']).cm).toBeGreaterThan(0.1);
  });

  it('soles that a shadow hides, or a near foot lowers, change nothing', () => {
    const whole = Object.fromEntries(ANGLES.map((angle) => [angle, silhouette(angle, {})])) as Record<
      Angle,
      Silhouette
    >;
    const other = { ...whole.left, soles: whole.left.soles - 0.05 * BODY };
    expect(measureGirths({ ...whole, left: other }, HEIGHT_CM)).toEqual(measureGirths(whole, HEIGHT_CM));
  });

  it('a photo in which all of the trunk lies lower, since its camera looked down, is brought nearer to the others', () => {
    const cone = (angle: Angle, level: number, row: TrunkRow): TrunkRow => {
      const more = level < 0.8 ? (0.8 - level) * 200 : 0;
      return { ...row, left: row.left - more, right: row.right + more };
    };
    const lower = (hips: boolean) => {
      const four = Object.fromEntries(
        ANGLES.map((angle) => [angle, silhouette(angle, { row: cone })]),
      ) as Record<Angle, Silhouette>;
      const by = Math.round(0.03 * BODY);
      const left = {
        ...four.left,
        firstRow: four.left.firstRow + by,
        hips: four.left.hips! + (hips ? by : 0),
      };
      return measureGirths({ ...four, left }, HEIGHT_CM).navel.cm;
    };
    const [straight, seen, unseen] = [measured({ row: cone }).navel.cm, lower(true), lower(false)];
    expect(Math.abs(seen / straight - 1)).toBeLessThan(0.75 * Math.abs(unseen / straight - 1));
  });

  it('a few rows in which something else has an edge, where no outline is seen, count for nothing', () => {
    const hidden = (edge: number) =>
      measured({
        row: (angle, level, row) => {
          if ((angle !== 'front' && angle !== 'back') || level < 0.57 || level > 0.64) return row;
          const isEdge = level > 0.6 && level < 0.608;
          return { ...row, right: row.right + (isEdge ? edge : 0), contrast: isEdge ? 60 : 3 };
        },
      });
    expect(hidden(50).navel.cm).toBeCloseTo(hidden(0).navel.cm, 3);
  });

  it('a seat stands out of both profiles, and is measured', () => {
    const seat = 0.02;
    const round = measured({
      row: (angle, level, row) => {
        const out = BODY * seat * Math.max(0, 1 - Math.abs(level - 0.51) / 0.03);
        if (angle === 'left') return { ...row, right: row.right + out };
        return angle === 'right' ? { ...row, left: row.left - out } : row;
      },
    });
    const expected = ellipseCircumference(0.18, 0.12 + seat) / ellipseCircumference(0.18, 0.12);
    expect(round.hip.cm / measured().hip.cm / expected).toBeCloseTo(1, 2);
  });

  it('a hand that hangs before the thighs, down beyond the trunk, is no hip', () => {
    const hand = measured({
      row: (angle, level, row) => {
        if (level <= 0.385 || level >= 0.5) return row;
        if (angle === 'left') return { ...row, left: row.left - 40 };
        return angle === 'right' ? { ...row, right: row.right + 40 } : row;
      },
    });
    const plain = measured();
    expect(Math.abs(hand.hip.cm / plain.hip.cm - 1)).toBeLessThan(0.01);
  });

  it('a hand that stands out of the front a little is no hip: below a belly no front steps outwards going down', () => {
    /** A thigh whose front recedes by 0.1 from the belly on, and a hand before it that stands out by 14 px, long and low. */
    const thighs = (hand: number) =>
      measured({
        row: (angle, level, row) => {
          if (angle === 'front' || angle === 'back' || level > 0.56) return row;
          const recedes = (0.56 - level) * 0.1 * BODY;
          const out = level > 0.38 && level < 0.515 ? Math.min(hand, (0.515 - level) * 0.7 * BODY) : 0;
          return angle === 'left'
            ? { ...row, left: row.left + recedes - out }
            : { ...row, right: row.right - recedes + out };
        },
      }).hip;
    expect(Math.abs(thighs(14).cm / thighs(0).cm - 1)).toBeLessThan(0.01);
    // A muscular thigh comes forward by less than that.
    expect(thighs(6).cm / thighs(0).cm).toBeGreaterThan(1.003);
  });

  it('the seat is looked for further down where the legs part further down', () => {
    /** Widths grow downwards to `widest`. Wall shows between the legs below `gap`. Profiles get deeper below 0.43 by `deeper` for each unit down. */
    const hip = (gap: number, widest = 0.445, deeper = 0, grows = 0.18) => {
      const more = (level: number) => BODY * grows * Math.max(0, 0.5 - Math.max(level, widest));
      const row = (angle: Angle, level: number, same: TrunkRow): TrunkRow => {
        const ahead = BODY * deeper * Math.max(0, 0.43 - level);
        if (angle === 'left') return { ...same, left: same.left - ahead };
        if (angle === 'right') return { ...same, right: same.right + ahead };
        return { ...same, left: same.left - more(level), right: same.right + more(level) };
      };
      const four = Object.fromEntries(ANGLES.map((angle) => [angle, silhouette(angle, { row })])) as Record<
        Angle,
        Silhouette
      >;
      const withLegs = (angle: 'front' | 'back'): Silhouette => {
        const floor = four[angle].ankles + ANKLES_ABOVE_FLOOR[angle] * BODY;
        const firstRow = Math.round(floor - 0.46 * BODY);
        const leg = (side: -1 | 1) => {
          const rows = Array.from({ length: 110 }, (_, i) => {
            const level = (floor - firstRow - i) / BODY;
            const apart = level < gap ? 5 : 0;
            const [inner, outer] = [500 + side * apart, 500 + side * (90 + more(level))];
            return { left: Math.min(inner, outer), right: Math.max(inner, outer), contrast: 100 };
          });
          return { firstRow, rows, across: 1 };
        };
        return { ...four[angle], limbs: { ...four[angle].limbs!, legs: [leg(-1), leg(1)] } };
      };
      const body = measureGirths({ ...four, front: withLegs('front'), back: withLegs('back') }, HEIGHT_CM);
      return { cm: ellipseOf('hip', body, HEIGHT_CM), sdCm: body.hip.sdCm };
    };
    const grown = (level: number, grows = 0.18) => {
      const more = 2 * grows * (0.5 - level);
      return ellipseCircumference(0.18 + more, 0.12) * HEIGHT_CM;
    };
    expect(hip(0.43).cm / grown(0.445)).toBeCloseTo(1, 2);
    // Thighs that part above the usual levels, or nowhere, change nothing.
    for (const usual of [0.5, 0]) expect(hip(usual).cm / grown(0.469)).toBeCloseTo(1, 2);
    expect(grown(0.445) / grown(0.469)).toBeGreaterThan(1.015);
    // Where the trunk's outline has ended, fronts are followed over both thighs.
    expect(hip(0.385, 0.38).cm / grown(0.4)).toBeCloseTo(1, 2);
    expect(grown(0.4) / grown(0.44)).toBeGreaterThan(1.025);
    // A tape over the seat is less, which the interval says.
    const thighs = hip(0.385, 0.38, 0, 0.6);
    expect(thighs.cm / grown(0.4, 0.6)).toBeCloseTo(1, 2);
    expect(thighs.cm - 1.96 * thighs.sdCm).toBeLessThan(grown(0.43, 0.6));
    // What stands out of thighs there is a hand.
    expect(hip(0.385, 0.38, 0.3).cm / grown(0.4)).toBeCloseTo(1, 2);
  });

  it('the navel and the seat are looked for higher where the hips lie higher', () => {
    // The girths grow downwards, so a tape that lies higher is shorter.
    const cone = (angle: Angle, level: number, row: TrunkRow): TrunkRow => {
      const more = level < 0.8 ? (0.8 - level) * 200 : 0;
      return { ...row, left: row.left - more, right: row.right + more };
    };
    const [usual, higher] = [measured({ row: cone }), measured({ row: cone, rise: 0.02 })];
    expect(higher.navel.cm).toBeLessThan(0.995 * usual.navel.cm);
    expect(higher.hip.cm).toBeLessThan(0.99 * usual.hip.cm);
    // Such hips are a sign of level cameras, too, which show a waist less.
    expect(higher.waist.cm / usual.waist.cm).toBeCloseTo(1.0048, 4);
  });

  it('a seat that lies lower than it is looked for has a wider interval', () => {
    const low = measured({
      row: (_, level, row) => {
        const more = Math.max(0, 0.5 - level) * 200;
        return { ...row, left: row.left - more, right: row.right + more };
      },
    });
    const plain = measured();
    expect(low.hip.sdCm / low.hip.cm).toBeGreaterThan(1.5 * (plain.hip.sdCm / plain.hip.cm));
    expect(low.hip.sdCm / low.hip.cm).toBeLessThan(0.04);
  });

  it('thighs that are wider than the seat are uncertain by 0.6 of what they have more than it', () => {
    const hip = (wider: number, below = 0.474) => {
      const body = measured({
        rise: -0.02,
        row: (angle, level, row) => {
          if (angle === 'left' || angle === 'right' || level > below) return row;
          return { ...row, left: row.left - wider / 2, right: row.right + wider / 2 };
        },
      });
      return { cm: ellipseOf('hip', body, HEIGHT_CM), share: body.hip.sdCm / body.hip.cm };
    };
    const [thighs, seat] = [hip(20), hip(0)];
    const more = 1 - seat.cm / thighs.cm;
    expect(more).toBeGreaterThan(0.035);
    expect(thighs.share).toBeCloseTo(Math.hypot(0.6 * more, seat.share), 2.5);
    // A seat that is as wide higher up is a seat.
    expect(hip(20, 0.52).share).toBeLessThan(1.2 * seat.share);
  });

  it('under a loose shirt, whose hem steps inwards in all photos, waist and navel are uncertain; the hips below it are not', () => {
    const shirt = (hem: number) =>
      measured({
        row: (_, level, row) =>
          level > hem && level < 0.8 ? { ...row, left: row.left - 10, right: row.right + 10 } : row,
      });
    const [worn, plain] = [shirt(0.56), measured()];
    const share = (girths: typeof plain, name: 'waist' | 'navel' | 'hip') =>
      girths[name].sdCm / girths[name].cm;
    for (const name of ['waist', 'navel'] as const) {
      expect(share(worn, name)).toBeGreaterThan(0.08);
      // The girth of the body under the garment lies within the stated interval.
      expect(Math.abs(worn[name].cm - plain[name].cm)).toBeLessThan(1.96 * worn[name].sdCm);
    }
    expect(share(worn, 'hip')).toBeLessThan(1.2 * share(plain, 'hip'));
  });

  /** Hair 0.03 of the height to both sides of the neck in these photos; `seen` says whether their colours show it. */
  const withHair = (hairy: readonly Angle[], seen: boolean) =>
    measured({
      row: (angle, level, row) =>
        hairy.includes(angle) && level >= NECK.from
          ? { ...row, left: row.left - 30, right: row.right + 30 }
          : row,
      cover: (angle) => ({
        neck: { left: hairy.includes(angle) && seen ? 1 : 0, right: 0 },
        waist: 0,
        hairFromSkin: 2,
      }),
    }).neck;

  it('a neck that hair covers in all photos is not measured: what is told of it holds the neck, and says that it is unclear', () => {
    const covered = withHair(ANGLES, true);
    expect(Math.abs(covered.cm - neckCm)).toBeLessThan(1.96 * covered.sdCm);
    const hairCm = ellipseCircumference(NECK.width + 0.06, NECK.width + 0.06) * HEIGHT_CM;
    expect(covered.cm).toBeLessThan(0.8 * hairCm);
    expect(covered.sdCm / covered.cm).toBeGreaterThan(0.07);
  });

  it('a neck under a hood is not measured where front or back tells that the forearms, which have its colour, are in sleeves', () => {
    const bare = { neck: { left: 0, right: 0 }, waist: 0, hairFromSkin: 2 };
    const hood = (told: readonly Angle[]) =>
      measured({
        cover: (angle) => ({
          ...bare,
          byShins: { ...bare, neck: { left: 1, right: 1 } },
          ...(told.includes(angle) && { areSleeved: true }),
        }),
      }).neck;
    for (const angle of ['front', 'back'] as const)
      expect(hood([angle]).sdCm / hood([angle]).cm).toBeGreaterThan(0.07);
    expect(hood([])).toEqual(measured({ cover: () => bare }).neck);
  });

  it('what is taken for body in both profiles is not measured where no body is so deep', () => {
    const taken = measured({
      row: (angle, level, row) =>
        (angle === 'left' || angle === 'right') && level < NECK.from
          ? { ...row, left: row.left - 60, right: row.right + 60 }
          : row,
    });
    const plain = measured();
    for (const name of ['waist', 'navel', 'hip'] as const) {
      expect(Math.abs(taken[name].cm - plain[name].cm), name).toBeLessThan(1.96 * taken[name].sdCm);
      expect(taken[name].sdCm / taken[name].cm, name).toBeGreaterThan(0.065);
    }
  });

  it('a neck that hair covers in one photo of a pair is measured in the other', () => {
    const covered = withHair(['back'], true);
    expect(covered.cm / measured().neck.cm).toBeCloseTo(1, 2);
    expect(covered.sdCm / covered.cm).toBeLessThan(0.05);
    expect(covered.sdCm).toBeLessThan(0.5 * withHair(['back'], false).sdCm);
  });

  it('under a skirt, which shows no legs, hips are uncertain, and the waist is as it is', () => {
    const legs = (worn: boolean) =>
      measureGirths(
        Object.fromEntries(
          ANGLES.map((angle) => {
            const drawn = silhouette(angle, {});
            const gap = worn ? 0 : 20;
            const leg = (inner: number, outer: number) => ({
              firstRow: drawn.firstRow + drawn.rows.length,
              rows: Array.from({ length: 300 }, () => ({
                left: Math.min(inner, outer),
                right: Math.max(inner, outer),
                contrast: 100,
              })),
              across: 1,
            });
            const both = [leg(500 - gap, 410), leg(500 + gap, 590)];
            const isProfile = angle === 'left' || angle === 'right';
            return [angle, isProfile ? drawn : { ...drawn, limbs: { ...drawn.limbs!, legs: both } }];
          }),
        ) as Record<Angle, Silhouette>,
        HEIGHT_CM,
      );
    const [skirt, bare] = [legs(true), legs(false)];
    expect(skirt.hip.sdCm / skirt.hip.cm).toBeGreaterThan(0.1);
    expect(Math.abs(skirt.hip.cm - bare.hip.cm)).toBeLessThan(1.96 * skirt.hip.sdCm);
    expect(skirt.waist).toEqual(bare.waist);
  });

  it('an arm behind the trunk, at the edge of both profiles, makes the depth less than it looks, and less certain', () => {
    /** An arm whose middle lies `inside` px inside of the back's edge. */
    const held = (inside: number) =>
      measured({
        row: (angle, level, row) => {
          if (level < 0.56 || level > 0.72) return row;
          if (angle === 'left') return { ...row, arm: { left: 90, right: inside } };
          return angle === 'right' ? { ...row, arm: { left: inside, right: 90 } } : row;
        },
      }).waist;
    const share = ({ sdCm, cm }: ReturnType<typeof held>) => sdCm / cm;
    const plain = measured().waist;
    expect(held(20).cm).toBeLessThan(0.99 * plain.cm);
    expect(share(held(20))).toBeGreaterThan(1.2 * share(plain));
    // Such an arm lies in front of the back, not at its edge.
    expect(held(40)).toEqual(plain);
  });

  it.each([
    [
      'does not count where an arm lies near its edge and none near the other',
      { left: true, right: false },
      0.12,
    ],
    [
      'does not count where it is the greater, when arms lie near the edges of both',
      { left: true, right: true },
      0.12,
    ],
    ['counts as much as the other, when both are free of arms', { left: false, right: false }, 0.125],
  ] as const)('one depth of a pair %s', (_, arms, depth) => {
    // The left profile is 10 px deeper, and an arm lies 38 px inside of a front, too far from the back to fill its hollow.
    const { navel } = measured({
      row: (angle, level, row) => {
        if (angle !== 'left' && angle !== 'right') return row;
        if (level < 0.53 || level > 0.72) return row;
        const deeper = angle === 'left' ? 5 : 0;
        const arm = angle === 'left' ? { left: 38, right: 87 } : { left: 82, right: 38 };
        return {
          ...row,
          left: row.left - deeper,
          right: row.right + deeper,
          ...(arms[angle] && { arm }),
        };
      },
    });
    const there = ellipseCircumference(0.18, depth) * HEIGHT_CM * SECTION.navel;
    expect(Math.abs(navel.cm / there - 1)).toBeLessThan(0.004);
  });

  it('what is bridged from levels that are bridged themselves is less certain', () => {
    /** Arms hide both sides between 0.56 and 0.64. With `further`, one side of the rows around that is hidden, too. */
    const hidden = (further: boolean) =>
      measured({
        row: (angle, level, row) => {
          if (angle !== 'front' && angle !== 'back') return row;
          if (level > 0.56 && level < 0.64) return { ...row, contrast: 3 };
          if (further && level > 0.515 && level < 0.685) return { ...row, right: row.right + 70, free: true };
          return row;
        },
      }).navel;
    expect(hidden(true).sdCm / hidden(true).cm).toBeGreaterThan(
      1.1 * (hidden(false).sdCm / hidden(false).cm),
    );
  });

  it('under a loose shirt the chest and the volume are uncertain, too', () => {
    const shirt = (worn: boolean) =>
      measured({
        row: (_, level, row) =>
          worn && level > 0.56 && level < 0.8 ? { ...row, left: row.left - 10, right: row.right + 10 } : row,
      }).chest;
    expect(shirt(true).sdCm / shirt(true).cm).toBeGreaterThan(0.08);
    expect(shirt(false).sdCm / shirt(false).cm).toBeLessThan(0.03);
  });

  it.each([
    ['very thin (15 kg/m²)', 0.14, 0.095, 0.058],
    ['very heavy (60 kg/m²)', 0.34, 0.3, 0.1],
  ])('a body that is %s is measured as any other', (_, width, depth, thick) => {
    const body = measured({
      row: (angle, level, row) => {
        const profile = angle === 'left' || angle === 'right';
        const extent = level >= NECK.from ? thick : profile ? depth : width;
        return { ...row, left: 500 - (extent * BODY) / 2, right: 500 + (extent * BODY) / 2 };
      },
    });
    const trunk = ellipseCircumference(width, depth) * HEIGHT_CM;
    for (const name of ['waist', 'navel', 'hip'] as const) {
      expect(ellipseOf(name, body, HEIGHT_CM) / trunk, name).toBeCloseTo(1, 1.7);
      expect(body[name].sdCm / body[name].cm, name).toBeLessThan(0.04);
    }
    expect(body.neck.cm / SECTION.neck / (ellipseCircumference(thick, thick) * HEIGHT_CM)).toBeCloseTo(1, 1);
  });

  it('girths of the very tall and the very short are as their height', () => {
    const four = Object.fromEntries(ANGLES.map((angle) => [angle, silhouette(angle, {})])) as Record<
      Angle,
      Silhouette
    >;
    const of = (heightCm: number) => measureGirths(four, heightCm);
    for (const heightCm of [100, 250])
      for (const name of ['neck', 'waist', 'navel', 'hip'] as const) {
        expect(of(heightCm)[name].cm).toBeCloseTo((of(HEIGHT_CM)[name].cm * heightCm) / HEIGHT_CM, 6);
        expect(of(heightCm)[name].sdCm).toBeCloseTo((of(HEIGHT_CM)[name].sdCm * heightCm) / HEIGHT_CM, 6);
      }
  });

  it('is refused where no outline can be believed', () => {
    expect(() => measured({ row: (_angle, _level, row) => ({ ...row, contrast: 2 }) })).toThrow(
      /followed|neck/,
    );
  });
});
