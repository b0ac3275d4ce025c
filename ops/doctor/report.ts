/** The findings as text for people. */

import { styleText } from 'node:util';
import type { State } from './check.ts';
import type { Examined } from './examine.ts';

const MARKS: Record<State, { mark: string; word: string; style: 'green' | 'yellow' | 'red' | 'dim' }> = {
  ok: { mark: '✔', word: 'ok', style: 'green' },
  warning: { mark: '!', word: 'warning', style: 'yellow' },
  error: { mark: '✖', word: 'error', style: 'red' },
  skipped: { mark: '–', word: 'skipped', style: 'dim' },
};

const NAME_WIDTH = 22;

/** Lines: one for each finding, with its advice below it, and the totals at the end. Coloured where stdout is a terminal. */
export function reportLines(examined: readonly Examined[]): string[] {
  const lines = examined.flatMap(({ name, findings }) =>
    findings.flatMap(({ state, seen, advice }) => {
      const { mark, word, style } = MARKS[state];
      const line = `${styleText(style, `${mark} ${word.padEnd(8)}`)}${name.padEnd(NAME_WIDTH)}${seen}`;
      return advice ? [line, `${' '.repeat(10 + NAME_WIDTH)}→ ${advice}`] : [line];
    }),
  );
  const [fine, doubts, errors, left] = (['ok', 'warning', 'error', 'skipped'] as const).map((state) =>
    countOf(examined, state),
  );
  const counts = [`${fine} ok`, several(doubts!, 'warning'), several(errors!, 'error'), `${left} skipped`];
  return [...lines, '', counts.join(', ')];
}

/** `1 error`, `2 errors`. */
function several(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** How many findings have this state. */
export function countOf(examined: readonly Examined[], state: State): number {
  return examined.flatMap(({ findings }) => findings).filter((finding) => finding.state === state).length;
}
