/** What the desk says by itself: the answer to the last act, once, and nothing of an earlier one. */

import { createElement, useState } from 'react';
import { expect, it, vi } from 'vitest';
import { AccessList } from './access-list.tsx';
import { ActOnMany } from './act-on-many.tsx';
import { type DeskApi, Refused } from './api.ts';
import { mounted } from './mounted.fixture.ts';
import { NOTHING_FOUND, Search } from './search.tsx';

const apiOf = (api: Partial<Record<keyof DeskApi, unknown>>) => api as unknown as DeskApi;
const NO = new Refused('limited', 'Too many.', 429);

it('does not say again that nothing is done yet when what was asked next is refused', async () => {
  const scans = [{ scanId: 's', verdict: 'acts', word: 'failed' }];
  const actMany = vi
    .fn<() => Promise<unknown>>()
    .mockResolvedValueOnce({ dryRun: true, left: 0, scans })
    .mockRejectedValueOnce(NO);
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
  const find = vi
    .fn<() => Promise<unknown>>()
    .mockResolvedValueOnce(page)
    .mockRejectedValueOnce(NO)
    .mockResolvedValue(page);
  const scans = [{ scanId: 's', verdict: 'left', word: '' }];
  const actMany = vi
    .fn<() => Promise<unknown>>()
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

it('says of each export that it is signed, beside how many entries there are', async () => {
  let answer = (_signed: object) => undefined as void;
  const exportAccesses = () => new Promise<object>((resolve) => (answer = resolve));
  const accesses = vi.fn<() => Promise<unknown>>().mockResolvedValue({ entries: [], more: false });
  const { press, submit, says, wait } = await mounted(
    createElement(AccessList, { api: apiOf({ accesses, exportAccesses }) }),
    { from: '2026-01-01', to: '2026-02-01', operator: '' },
  );
  await submit();
  expect(says()).toEqual(['0 entries.', '']);
  for (const _ of ['first', 'second']) {
    // oxlint-disable-next-line no-await-in-loop -- one export after another
    await press('Sign an export');
    expect(says()).toEqual(['0 entries.', '']);
    // oxlint-disable-next-line no-await-in-loop -- as above
    await wait(() => answer({}));
    expect(says()).toEqual(['0 entries.', 'The export is signed, and can be downloaded.']);
  }
});
