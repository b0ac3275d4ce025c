import { describe, expect, it } from 'vitest';
import { type Rate, takeToken } from './rate-limit.ts';

const rate: Rate = { max: 3, perSeconds: 60 };
const start = 1_000_000;

/**
 * Takes a token at each of the given seconds. Returns `true` for each use that is allowed, otherwise the seconds to wait.
 */
function uses(...seconds: number[]): (true | number)[] {
  let bucket: Parameters<typeof takeToken>[0];
  return seconds.map((second) => {
    const use = takeToken(bucket, rate, start + second * 1000);
    if (!use.taken) return use.retryAfterSeconds;
    ({ bucket } = use);
    return true;
  });
}

describe('takeToken', () => {
  it('allows as many at once as the limit says, then names the wait', () => {
    expect(uses(0, 0, 0, 0)).toEqual([true, true, true, 20]);
  });

  it('gives tokens back evenly, and a refused use costs none', () => {
    expect(uses(0, 0, 0, 5, 10, 20, 20)).toEqual([true, true, true, 15, 10, true, 20]);
  });

  it('never saves up more than the limit', () => {
    expect(uses(0, 3600, 3600, 3600, 3600)).toEqual([true, true, true, true, 20]);
  });

  it('allows again once the wait it named is over', () => {
    for (const second of [0, 0.4, 7, 19.9]) {
      const wait = uses(0, 0, 0, second)[3] as number;
      expect(uses(0, 0, 0, second, second + wait)[4]).toBe(true);
    }
  });

  it('gives no more than its rate to instances whose clocks differ and whose commits come in any order', () => {
    // Two instances a minute apart take turns, 20 rounds in 20 s: 3 at first, 3 for the minute between them, 1 for the 20 s.
    const turns = Array.from({ length: 20 }, (_, round) => [60 + round, round]).flat();
    expect(uses(...turns).filter((allowed) => allowed === true).length).toBeLessThanOrEqual(7);
  });

  it('counts nothing for a clock that goes back', () => {
    expect(uses(100, 100, 100, 40)).toEqual([true, true, true, 20]);
  });
});
