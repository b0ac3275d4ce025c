import { describe, expect, it } from 'vitest';
import { outlineOf } from './outline.ts';
import type { Silhouette } from './silhouette.ts';

const BODY = 1000;
const SOLES = 1100;
const rowAt = (level: number) => SOLES - Math.round(level * BODY);

/** Somebody 0.2 of the height wide whose legs are followed from 0.46 on; from `gap` on down to there a side ends between the thighs. */
function standing(gap: number, side: 'left' | 'right'): Silhouette {
  const firstRow = rowAt(0.9);
  const whole = { left: 400, right: 600, contrast: 100, free: true };
  const inGap = { ...whole, [side]: side === 'left' ? 510 : 490 };
  const rows = Array.from({ length: rowAt(0.42) - firstRow }, (_, i) => {
    const y = firstRow + i;
    return y >= rowAt(gap) && y < rowAt(0.464) ? inGap : whole;
  });
  const leg = (left: number, right: number) => ({
    firstRow: rowAt(0.46),
    rows: Array.from({ length: 400 }, () => ({ left, right, contrast: 100 })),
    across: 1,
  });
  const limbs = { arms: [], legs: [leg(400, 492), leg(508, 600)] };
  return { crown: 100, soles: SOLES, ankles: 1040, firstRow, rows, limbs } as unknown as Silhouette;
}

describe('an outline from the front', () => {
  it.each(['left', 'right'] as const)(
    'reaches over both thighs where wall shows between them above the legs, at the %s side',
    (side) => {
      for (const gap of [0.464, 0.475, 0.5]) {
        const outline = outlineOf(standing(gap, side), { soles: SOLES, bodyPx: BODY }, 'front');
        for (const level of [0.44, 0.47, 0.48, 0.5, 0.52])
          expect(outline.at(level), `${gap} ${level}`).toEqual({ extent: 0.2, sd: 0, bridged: false });
      }
    },
  );
});
