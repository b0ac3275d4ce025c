/** What the desk says by itself: the answer to the last act, once, and nothing of an earlier one. */

import { createElement, useState } from 'react';
import { expect, it, vi } from 'vitest';
import { ActOnMany } from './act-on-many.tsx';
import { type DeskApi, Refused } from './api.ts';
import { mounted } from './mounted.fixture.ts';
import { NOTHING_FOUND, Search } from './search.tsx';

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

const FOUND = {
  scanId: 's',
  userId: 'u',
  status: 'failed',
  createdAt: '2026-11-30T12:00:00.000Z',
} as const;

it('says the count of a search that the form began, and none of one that is refused or follows an act', async () => {
  const page = { scans: [FOUND], cursor: null };
  const find = vi.fn().mockResolvedValueOnce(page).mockRejectedValueOnce(NO).mockResolvedValue(page);
  const scans = [{ scanId: 's', verdict: 'left', word: '' }];
  const actMany = vi
    .fn()
    .mockResolvedValueOnce({ dryRun: true, left: 1, scans })
    .mockResolvedValueOnce({ dryRun: false, left: 0, scans });
  const Page = () => {
    const [found, onFound] = useState(NOTHING_FOUND);
    return createElement(Search, { api: apiOf({ find, actMany }), may: ['act'], found, onFound });
  };
  const { press, submit, says, text } = await mounted(createElement(Page));
  await submit();
  expect(says()).toEqual(['1 scan is shown.']);
  await submit();
  expect(says()).toEqual(['']);
  expect(text()).toContain('Too many.');
  await submit();
  expect(says()).toEqual(['1 scan is shown.']);
  await press('Choose all shown');
  await press('Preview');
  await press('Go on with the 1 left');
  expect(find).toHaveBeenCalledTimes(4);
  expect(says()).toEqual(['', 'It is done.']);
  expect(text()).toContain('1 scan is shown.');
});
