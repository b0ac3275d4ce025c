/** The figures of the desk's watch, and what it says of scans without a time of creation. */

import type { WatchView } from '@reddyfit/shared/operator/watch';
import { createElement } from 'react';
import { expect, it, vi } from 'vitest';
import type { DeskApi } from './api.ts';
import { mounted } from './mounted.fixture.ts';
import { Watch } from './watch.tsx';

const goal = { value: null, goal: 0.9, met: null };
const FIGURES: Omit<WatchView, 'undated'> = {
  hours: 24,
  scans: 0,
  more: false,
  byStatus: {},
  errors: [],
  byBuild: [],
  byModel: [],
  successRate: goal,
  durationP95: goal,
  retryRate: goal,
  queueP95: null,
  usdPerScan: null,
  queues: [],
  alerts: [],
  deadLetters: [],
  limited: [],
  deletions: [],
  jobs: [],
  broken: [],
  gaps: [],
} as unknown as Omit<WatchView, 'undated'>;

it.each([
  ['of functions of an earlier build, which tell nothing of them', undefined, null],
  ['with their ids', { scans: 2, named: ['a', 'b'] }, 'finds them. Open by its id: a, b'],
  ['without ids where none is named', { scans: 1, named: [] }, 'finds them.'],
])('shows scans without a time of creation %s', async (_, undated, said) => {
  const view = { ...FIGURES, ...(undated && { undated }) };
  const api = {
    watch: vi.fn<() => Promise<unknown>>().mockResolvedValue(view),
    admission: vi.fn<() => Promise<unknown>>().mockRejectedValue(new Error()),
  };
  const { text } = await mounted(createElement(Watch, { api: api as unknown as DeskApi, may: [] }));
  expect(text()).toContain('Goals: success');
  if (said === null) expect(text()).not.toContain('no time of creation');
  else expect(text()).toContain(`${said}No alert fires.`);
});
