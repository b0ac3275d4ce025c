/** What the form of a search asks the server for. */

import { createElement } from 'react';
import { expect, it, vi } from 'vitest';
import { type DeskApi, Refused } from './api.ts';
import { mounted } from './mounted.fixture.ts';
import { NOTHING_FOUND, Search } from './search.tsx';

it.each([
  ['2026-11-30T12:00', '2026-11-30T12:00:00Z'],
  ['2026-11-30T12:00:05', '2026-11-30T12:00:05Z'],
  // A browser takes years beyond 9999, and the server says that it does not.
  ['12345-01-01T00:00', '12345-01-01T00:00:00Z'],
])('asks from %s on in UTC, and says what the server refuses', async (from, sent) => {
  const find = vi
    .fn<(wanted: object) => Promise<unknown>>()
    .mockRejectedValue(new Refused('invalid', 'No.', 400));
  const search = createElement(Search, {
    api: { find } as unknown as DeskApi,
    may: [],
    found: NOTHING_FOUND,
    onFound: () => undefined,
  });
  const { submit, text } = await mounted(search, { by: 'userId', value: 'u', from });
  await submit();
  expect(find.mock.calls).toEqual([[{ userId: 'u', from: sent }]]);
  expect(text()).toContain('No.');
});
