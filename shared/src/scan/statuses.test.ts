import { describe, expect, it } from 'vitest';
import { canTransition, isTerminal, SCAN_STATUSES, TERMINAL_STATUSES } from './statuses.ts';

describe('a scan status', () => {
  it.each(TERMINAL_STATUSES)('%s is left by nothing', (status) => {
    expect(isTerminal(status)).toBe(true);
    expect(SCAN_STATUSES.filter((next) => canTransition(status, next))).toEqual([]);
  });

  it('never goes back', () => {
    const back = SCAN_STATUSES.flatMap((from, index) =>
      SCAN_STATUSES.slice(0, index)
        .filter((to) => canTransition(from, to))
        .map((to) => `${from} to ${to}`),
    );
    expect(back).toEqual([]);
  });
});
