import { describe, expect, it } from 'vitest';
import { canTransition, isTerminal, SCAN_STATUSES, TERMINAL_STATUSES } from './statuses.ts';

describe('a scan status', () => {
  it.each(TERMINAL_STATUSES)('%s is left by nothing', (status) => {
    expect(isTerminal(status)).toBe(true);
    expect(SCAN_STATUSES.filter((next) => canTransition(status, next))).toEqual([]);
  });

  it('never goes back', () => {
    for (const [index, from] of SCAN_STATUSES.entries()) {
      for (const to of SCAN_STATUSES.slice(0, index)) {
        if (!isTerminal(to)) expect(canTransition(from, to), `${from} to ${to}`).toBe(false);
      }
    }
  });
});
