/** What the desk says by itself: the answer to the last act, once, and nothing of an earlier one. */

import { createElement } from 'react';
import { expect, it, vi } from 'vitest';
import { ActOnMany } from './act-on-many.tsx';
import { type DeskApi, Refused } from './api.ts';
import { mounted } from './mounted.fixture.ts';

const apiOf = (api: Partial<Record<keyof DeskApi, unknown>>) => api as unknown as DeskApi;
const NO = new Refused('limited', 'Too many.');

it('does not say again that nothing is done yet when what was asked next is refused', async () => {
  const scans = [{ scanId: 's', verdict: 'acts', word: 'failed' }];
  const actMany = vi.fn().mockResolvedValueOnce({ dryRun: true, left: 0, scans }).mockRejectedValueOnce(NO);
  const { press, says, text } = await mounted(
    createElement(ActOnMany, { api: apiOf({ actMany }), scanIds: ['s'], onDone: () => undefined }),
  );
  await press('Preview');
  expect(says()).toEqual(['It would be done to 1. Nothing is done yet.']);
  await press('Preview');
  expect(says()).toEqual(['']);
  expect(text()).toContain('Too many.');
  // What was shown stays, and can still be done.
  expect(text()).toContain('Do it to 1');
});
