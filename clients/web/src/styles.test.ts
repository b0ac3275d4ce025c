/** The styles name no side of the screen, so that they hold for a language that is read from right to left, too. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Properties and values that name a physical side or axis, each with its logical counterpart. */
const PHYSICAL = [
  /^(?:margin|padding|scroll-margin|scroll-padding)-(?:left|right|top|bottom)$/,
  /^border-(?:left|right|top|bottom)(?:-.*)?$/,
  /^border-(?:top|bottom)-(?:left|right)-radius$/,
  /^(?:left|right|top|bottom)$/,
  /^(?:min-|max-)?(?:width|height)$/,
  /^overflow-[xy]$/,
];
const SIDED = new Set(['text-align', 'float', 'clear', 'justify-content', 'justify-items', 'justify-self']);

/** The declarations of a style sheet that name a side. */
function physicalIn(css: string): string[] {
  const plain = css.replaceAll(/\/\*.*?\*\//gs, '');
  return [...plain.matchAll(/([\w-]+)\s*:\s*([^;{}]+);/g)]
    .map(([, property, value]) => [property!, value!.trim()] as const)
    .filter(
      ([property, value]) =>
        PHYSICAL.some((pattern) => pattern.test(property)) ||
        (SIDED.has(property) && /\b(?:left|right)\b/.test(value)) ||
        isUneven(property, value),
    )
    .map(([property, value]) => `${property}: ${value}`);
}

/** A shorthand of four sides whose left and right differ. */
function isUneven(property: string, value: string): boolean {
  if (!/^(?:margin|padding|inset|border-width)$/.test(property)) return false;
  const sides = value.replaceAll(/\([^()]*\)/g, '').split(/\s+/);
  return sides.length === 4 && sides[1] !== sides[3];
}

it('no side is named', async () => {
  expect(physicalIn(await readFile(join(import.meta.dirname, 'styles.css'), 'utf8'))).toEqual([]);
});

it.each([
  'a { margin-left: 1rem; }',
  'a { inset: 0; right: 1px; }',
  'a { padding: 0 1rem 0 2rem; }',
  'a { text-align: left; }',
  'a { border-top-left-radius: 1rem; }',
  'a { max-width: 10rem; }',
])('and one that was named would be found: %s', (css) => {
  expect(physicalIn(css)).toHaveLength(1);
});
