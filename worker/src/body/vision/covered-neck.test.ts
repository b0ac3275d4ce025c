import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import { describe, expect, it } from 'vitest';
import type { Girth } from './body-measurement.ts';
import { coveredNeck, neckSeen, withoutCoveredNecks } from './covered-neck.ts';
import type { Outline } from './outline.ts';
import type { Cover, Silhouette } from './silhouette.ts';

const BARE: Cover = { neck: { left: 0, right: 0.4 }, waist: 0, hairFromSkin: 2 };
const HAIR: Cover = { neck: { left: 0.9, right: 0.2 }, waist: 0, hairFromSkin: 2 };
const ALIKE: Cover = { neck: { left: 0, right: 0 }, waist: 0, hairFromSkin: 0.4 };

/** Four outlines, of which only the cover counts. */
const photos = (covers: Partial<Record<Angle, Cover>>, others: Cover | undefined = BARE) =>
  Object.fromEntries(ANGLES.map((angle) => [angle, { cover: covers[angle] ?? others }])) as unknown as Record<
    Angle,
    Silhouette
  >;

describe('a neck', () => {
  it('is bare where no photo shows anything over it, and where no colours were looked at', () => {
    expect(neckSeen(photos({}))).toBe('bare');
    expect(neckSeen(photos({}, undefined))).toBe('bare');
  });

  it('is covered where both photos of a pair show hair over a side of it', () => {
    expect(neckSeen(photos({ front: HAIR, back: HAIR }))).toBe('covered');
    expect(neckSeen(photos({ left: HAIR, right: HAIR }))).toBe('covered');
  });

  it('is covered, too, where a collar surely covers it in one photo and ends lower in the other', () => {
    const lower: Cover = { ...BARE, neck: { left: 0.55, right: 0.3 } };
    expect(neckSeen(photos({ front: HAIR, back: lower }))).toBe('covered');
    expect(neckSeen(photos({ left: lower, right: HAIR }))).toBe('covered');
    expect(neckSeen(photos({ front: { ...HAIR, neck: { left: 0.7, right: 0 } }, back: lower }))).toBe(
      'unknown',
    );
    expect(neckSeen(photos({ front: lower, back: lower }))).toBe('bare');
  });

  it('is not known where one photo of a pair shows hair, or hair is like skin', () => {
    expect(neckSeen(photos({ back: HAIR, left: HAIR }))).toBe('unknown');
    expect(neckSeen(photos({}, ALIKE))).toBe('unknown');
  });

  it('is measured without a photo that shows hair over it, where the other of its pair does not', () => {
    const outline: Outline = { at: () => ({ extent: 0.1, sd: 0 }), sides: () => ({ left: 0, right: 0.1 }) };
    const outlines = { front: outline, back: outline, left: outline, right: outline };
    const counting = withoutCoveredNecks(outlines, photos({ back: HAIR, left: HAIR, right: HAIR }));
    expect(counting.back.at(0.86)).toBeNull();
    expect(counting.back.sides(0.86)).toBeNull();
    for (const angle of ['front', 'left', 'right'] as const) expect(counting[angle]).toBe(outline);
  });
});

describe('the girth of a covered neck', () => {
  const BODY = { waist: { cm: 80, sdCm: 1.5 }, hip: { cm: 98, sdCm: 1.5 }, heightCm: 170 };
  /** What people of this waist, seat and height have. */
  const USUAL = 34.9;
  const seen = (cm: number): Girth => ({ cm, sdCm: 0.02 * cm });
  const holds = ({ cm, sdCm }: Girth, trueCm: number) => Math.abs(cm - trueCm) < 1.96 * sdCm;

  it.each([38, 45, 70])('is not what hair of %i cm measures, and its interval holds the neck', (cm) => {
    const known = coveredNeck(seen(cm), 'covered', BODY);
    expect(known.cm).toBeLessThan(1.01 * USUAL);
    expect(known.sdCm / known.cm).toBeGreaterThan(0.07);
    for (const trueCm of [0.88 * USUAL, USUAL]) expect(holds(known, trueCm), `${trueCm}`).toBe(true);
  });

  it('is no more than what is seen', () => {
    expect(coveredNeck(seen(30), 'covered', BODY).cm).toBeLessThan(30);
  });

  it('is measured as it is where the neck is bare, and where nothing speaks against it', () => {
    for (const cm of [30, 35, 50]) expect(coveredNeck(seen(cm), 'bare', BODY)).toEqual(seen(cm));
    for (const cm of [30, 35, 40]) expect(coveredNeck(seen(cm), 'unknown', BODY)).toEqual(seen(cm));
  });

  it('is uncertain where colours do not tell and it is thicker than one of a thousand', () => {
    const thick = coveredNeck(seen(45), 'unknown', BODY);
    expect(thick.cm).toBe(45);
    expect(holds(thick, USUAL)).toBe(true);
    // Hair of the skin's colour, or a weightlifter's neck.
    for (const cm of [53, 60, 80]) {
      const either = coveredNeck(seen(cm), 'unknown', BODY);
      for (const trueCm of [USUAL, 52]) expect(holds(either, trueCm), `${cm} ${trueCm}`).toBe(true);
      expect(either.cm).toBeLessThan(1.3 * USUAL);
    }
  });
});
