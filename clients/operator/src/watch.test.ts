/** The figures of the desk's watch, and what it says of scans without a time of creation. */

import type { WatchView } from '@reddyfit/shared/operator/watch';
import { createElement } from 'react';
import { expect, it, vi } from 'vitest';
import type { DeskApi } from './api.ts';
import { mounted } from './mounted.fixture.ts';
import { Watch } from './watch.tsx';

/** Shows the watch with this view. */
function shown(view: object) {
  const api = {
    watch: vi.fn<() => Promise<unknown>>().mockResolvedValue(view),
    admission: vi.fn<() => Promise<unknown>>().mockRejectedValue(new Error()),
  };
  return mounted(createElement(Watch, { api: api as unknown as DeskApi, may: [] }));
}

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
  const { text } = await shown(view);
  expect(text()).toContain('Goals: success');
  if (said === null) expect(text()).not.toContain('no time of creation');
  else expect(text()).toContain(`${said}No alert fires.`);
});

it.each([
  ['https://wiki.example/NoWorkerPolling', ['https://wiki.example/NoWorkerPolling'], 'Runbook'],
  ['/srv/docs/runbooks/NoWorkerPolling.md', [], '/srv/docs/runbooks/NoWorkerPolling.md'],
  ['javascript:alert(1)', [], 'javascript:alert(1)'],
  [null, [], ''],
])(
  'shows where the runbook of an alert is read, and links a page of the web: %s',
  async (runbook, to, said) => {
    const alert = { name: 'NoWorkerPolling', severity: 'page', since: '2026-11-30T12:00:00.000Z' };
    const view = { ...FIGURES, alerts: [{ ...alert, summary: 'No worker takes scans', runbook }] };
    const { links, text } = await shown(view);
    expect(text()).toContain(`2026-11-30 12:00:00No worker takes scans${said}`);
    expect(links()).toEqual(to);
  },
);
