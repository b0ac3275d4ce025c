/** An act whose answer was lost is sent again under its name, and the next one under another. */

import type { Timeline } from '@reddyfit/shared/operator/timeline';
import { createElement, type ReactNode } from 'react';
import { expect, it, vi } from 'vitest';
import type { DeskApi } from './api.ts';
import { DeadLetters } from './dead-letters.tsx';
import { mounted } from './mounted.fixture.ts';
import { ScanView } from './scan-view.tsx';

const WAY: Timeline = {
  scan: {
    scanId: 's',
    userId: null,
    status: 'completed',
    createdAt: '2026-11-30T12:00:00.000Z',
    simulated: true,
  },
  writes: 1,
  steps: [],
  attempts: [],
  calls: [],
  pushes: [],
  deliveries: [],
  events: [],
  workflow: null,
  traceId: null,
  gaps: [],
};
const links = { workflows: null, trace: null };

const ACTS: [what: string, button: string, done: object, show: (send: unknown) => ReactNode, said: string][] =
  [
    [
      'an act on a scan',
      'Send the push again',
      { outcome: 'sent' },
      (act) =>
        createElement(ScanView, {
          api: { act, see: async () => WAY } as unknown as DeskApi,
          scanId: 's',
          may: ['see', 'act'],
          links,
        }),
      'Done: it is on its way.',
    ],
    [
      'dead letters',
      'Deliver 2 anew',
      { deliveries: 2, broken: [], more: false },
      (redeliverDead) =>
        createElement(DeadLetters, {
          api: { redeliverDead } as unknown as DeskApi,
          mayAct: true,
          endpoints: [{ endpointId: 'we_1', dead: 2 }],
          onDone: () => undefined,
        }),
      '2 deliveries began.',
    ],
  ];

it.each(ACTS)('%s', async (_, button, done, show, said) => {
  const send = vi
    .fn<(...asked: unknown[]) => Promise<unknown>>()
    .mockRejectedValueOnce(new TypeError('no answer'))
    .mockResolvedValue(done);
  const fields = { reason: 'incident', reference: 'T-1' };
  const { press, submit, says, text } = await mounted(show(send), fields);
  const act = async () => {
    await press(button);
    await submit();
  };
  await act();
  const heard = () => says().filter((words) => words !== '');
  expect(heard()).toEqual([]);
  expect(text()).toContain('Nothing answers. Try again.');
  await act();
  expect(heard()).toEqual([said]);
  expect(text()).not.toContain('Nothing answers.');
  await act();
  const [first, second, third] = send.mock.calls.map((asked) => (asked[1] as { actId: string }).actId);
  expect(second).toBe(first);
  expect(third).not.toBe(second);
});
