import { expect, it } from 'vitest';
import type { PhotoIssueCode } from './step-results.ts';
import { notLetPass, waivableIn } from './waivable.ts';

/** Four photos with these faults, from front to right. */
const photos = (...codes: PhotoIssueCode[][]) => {
  const [front = [], back = [], left = [], right = []] = codes.map((each) => each.map((code) => ({ code })));
  return {
    front: { issues: front },
    back: { issues: back },
    left: { issues: left },
    right: { issues: right },
  };
};

it('lets pass what may lie in the body, and nothing else', () => {
  expect(waivableIn(photos(['arms_at_torso', 'blurred'], [], ['head_cut_off'], ['feet_cut_off']))).toEqual([
    'arms_at_torso',
    'feet_cut_off',
  ]);
  expect(waivableIn(photos([], ['several_people']))).toEqual(['several_people']);
  expect(waivableIn(photos())).toEqual([]);
});

it('lets photos of nobody pass only beside two in which somebody is seen', () => {
  const nobody: PhotoIssueCode[] = ['not_a_person'];
  expect(waivableIn(photos([], [], [], nobody))).toEqual(['not_a_person']);
  expect(waivableIn(photos(['tilted'], [], nobody, nobody))).toEqual(['tilted', 'not_a_person']);
  expect(waivableIn(photos([], nobody, nobody, nobody))).toEqual([]);
  expect(waivableIn(photos(nobody, nobody, nobody, nobody))).toEqual([]);
});

it('counts nobody in a photo in which nobody could be looked for', () => {
  expect(waivableIn(photos([], ['too_dark'], ['missing'], ['not_a_person']))).toEqual([]);
});

it('leaves of the faults those that were not let pass, and those that four such photos do not let pass', () => {
  const [nobody, tilted, dark] = [
    { code: 'not_a_person' },
    { code: 'tilted' },
    { code: 'too_dark' },
  ] as const;
  const left = (front: object[], others: object[]) =>
    notLetPass({ front, back: others, left: others, right: [] } as never, ['tilted', 'not_a_person']);
  expect(left([nobody, tilted], [dark, tilted])).toMatchObject({ front: [nobody], back: [dark] });
  expect(left([nobody], [tilted])).toEqual({ front: [], back: [], left: [], right: [] });
});
