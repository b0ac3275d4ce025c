import { describe, expect, it } from 'vitest';
import { freeOfArms } from './held-depths.ts';

const band = (extent: number, arm = false, sd = 0) => ({ extent, sd, ...(arm && { arm }) });
const NAVEL = 0.59;

describe('depths beside arms', () => {
  it('both count where both are free', () => {
    const bands = [band(0.12), band(0.13)];
    expect(freeOfArms(bands, NAVEL)).toEqual(bands);
  });

  it('the free one counts alone, the greater as well as the smaller, and when it is bridged', () => {
    for (const free of [band(0.12), band(0.15), band(0.12, false, 0.004)])
      for (const bands of [
        [free, band(0.13, true)],
        [band(0.13, true), free],
      ])
        expect(freeOfArms(bands, NAVEL)).toEqual([free]);
  });

  it('the smaller of two with arms counts, even when it is bridged, as uncertain as half of their difference', () => {
    for (const bands of [
      [band(0.16, true), band(0.12, true, 0.003)],
      [band(0.12, true, 0.003), band(0.16, true)],
    ])
      for (const { extent, sd } of freeOfArms(bands, NAVEL)) {
        expect(extent).toBe(0.12);
        expect(sd).toBeCloseTo(Math.hypot(0.003, 0.02), 6);
      }
  });

  it('above and below the trunk that arms hide, and in one photo alone, nothing changes', () => {
    const bands = [band(0.12), band(0.13, true)];
    for (const level of [0.5, 0.72]) expect(freeOfArms(bands, level)).toEqual(bands);
    expect(freeOfArms([band(0.13, true)], NAVEL)).toEqual([band(0.13, true)]);
  });
});
