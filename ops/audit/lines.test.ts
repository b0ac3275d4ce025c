import { expect, it } from 'vitest';
import { anchorsLine, objectJson } from './lines.ts';

it('does not call anchors whole where there are none', () => {
  expect(anchorsLine({ checked: 0, more: false, first: null, last: null }, 0)).toBe('no anchor was found');
  const day = '2026-11-30';
  expect(anchorsLine({ checked: 1, more: false, first: day, last: day }, 0)).toMatch(
    /^✔ 1 anchor .*: whole$/,
  );
});

it('gives the faults of a broken object texts, as those of a chain have', () => {
  const fault = 'a.json: is no anchor';
  expect(JSON.parse(objectJson({ object: 'a.json', fault }))).toEqual({
    object: 'a.json',
    faults: [{ text: fault }],
  });
});
