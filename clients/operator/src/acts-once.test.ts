/**
 * An act whose answer was lost is sent again under its name. Once its outcome is known, by whatever way, the same act is
 * another one, under another name.
 */

import type { Timeline } from '@reddyfit/shared/operator/timeline';
import { createElement, type ReactNode, useState } from 'react';
import { expect, it, vi } from 'vitest';
import { ActOnMany } from './act-on-many.tsx';
import { type DeskApi, Refused } from './api.ts';
import { DeadLetters } from './dead-letters.tsx';
import { Grant } from './grant.tsx';
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

const LOST = new TypeError('no answer');
const FIELDS = { reason: 'incident', reference: 'T-1' };
/** The name under which each of the requests was sent. */
const namesOf = (send: { mock: { calls: unknown[][] } }) =>
  send.mock.calls.map((asked) => asked.map((part) => (part as { actId?: string }).actId).find(Boolean));

/** The scan's page, whose chain records as done what `done` names. */
async function scanPage(act: unknown, done: () => readonly (string | undefined)[]) {
  const see = async () => ({
    ...WAY,
    events: done().map((actId) => ({
      at: '2026-11-30T12:01:00.000Z',
      from: 'audit',
      what: 'operator_act_done',
      detail: { act: 'push', outcome: 'sent', actId },
    })),
  });
  const api = { act, see } as unknown as DeskApi;
  const page = await mounted(
    createElement(ScanView, { api, scanId: 's', may: ['see', 'act'], links }),
    FIELDS,
  );
  const push = async () => {
    await page.press('Send the push again');
    await page.submit();
  };
  return { ...page, push };
}

it('does an act on a scan anew once the scan shows that the one whose answer was lost is done', async () => {
  const send = vi
    .fn<(...asked: unknown[]) => Promise<unknown>>()
    .mockRejectedValueOnce(LOST)
    .mockResolvedValue({ outcome: 'sent' });
  const { push, says, text } = await scanPage(send, () => namesOf(send).slice(0, 1));
  await push();
  expect(says()).toContain('The answer was lost, but it was done at 2026-11-30 12:01:00 (UTC): “sent”.');
  expect(text()).not.toContain('Nothing answers.');
  await push();
  const [first, second] = namesOf(send);
  expect(second).not.toBe(first);
  expect(says()).toContain('Done: it is on its way.');
});

it('tells of an act that an earlier request has done, and that nothing more is done', async () => {
  const send = vi
    .fn<() => Promise<unknown>>()
    .mockResolvedValue({ outcome: 'sent', before: '2026-11-30T12:01:00.000Z' });
  const { push, says } = await scanPage(send, () => []);
  await push();
  expect(says()).toContain(
    'It was done before, at 2026-11-30 12:01:00 (UTC), once: its outcome was “sent”. Nothing more is done now.',
  );
});

it.each([
  ['a refusal is an outcome', [new Refused('not-possible', 'No.', 409)], 2, false],
  ['a fault of the server is none', [new Refused('internal-error', 'No.', 500)], 2, true],
  ['a pause is one', [new Refused('admission-paused', 'No.', 503)], 2, false],
  [
    'the refusal of a repeat tells nothing of the first',
    [LOST, new Refused('too-many-requests', 'No.', 429)],
    3,
    true,
  ],
])('%s', async (_, failures, presses, isSame) => {
  const send = vi.fn<() => Promise<unknown>>().mockResolvedValue({ outcome: 'sent' });
  for (const failure of failures) send.mockRejectedValueOnce(failure);
  const { push } = await scanPage(send, () => []);
  for (let press = 0; press < presses; press += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one press after another
    await push();
  }
  expect(new Set(namesOf(send)).size).toBe(isSame ? 1 : 2);
});

it('brings into sight what becomes of an act, which is pressed far below', async () => {
  const send = vi
    .fn<() => Promise<unknown>>()
    .mockRejectedValueOnce(new Refused('not-possible', 'It is not possible.', 409))
    .mockResolvedValue({ outcome: 'sent' });
  const { push, inSight } = await scanPage(send, () => []);
  expect(inSight()).toBeNull();
  await push();
  expect(inSight()).toBe('It is not possible.');
  await push();
  expect(inSight()).toBe('Done: it is on its way.');
});

it('two presses while the first is not answered are one act', async () => {
  const send = vi.fn<() => Promise<unknown>>().mockReturnValue(new Promise(() => undefined));
  const { push } = await scanPage(send, () => []);
  await push();
  await push();
  expect(namesOf(send)).toHaveLength(2);
  expect(new Set(namesOf(send)).size).toBe(1);
});

it('delivers dead letters anew once they are read anew', async () => {
  const redeliverDead = vi
    .fn<() => Promise<unknown>>()
    .mockRejectedValueOnce(LOST)
    .mockResolvedValue({ deliveries: 1, broken: [], more: false });
  const Page = () => {
    const [endpoints, setEndpoints] = useState([{ endpointId: 'we_1', dead: 2 }]);
    const onDone = () => setEndpoints([{ endpointId: 'we_1', dead: 1 }]);
    const api = { redeliverDead } as unknown as DeskApi;
    return createElement(DeadLetters, { api, mayAct: true, endpoints, onDone });
  };
  const { press, submit } = await mounted(createElement(Page), FIELDS);
  for (const count of [2, 1]) {
    // oxlint-disable-next-line no-await-in-loop -- one press after another
    await press(`Deliver ${count} anew`);
    // oxlint-disable-next-line no-await-in-loop -- as above
    await submit();
  }
  const [first, second] = namesOf(redeliverDead);
  expect(second).not.toBe(first);
});

it('grants once what is pressed again after a lost answer, and says so', async () => {
  const grant = vi
    .fn<() => Promise<unknown>>()
    .mockRejectedValueOnce(LOST)
    .mockResolvedValue({ scanCredits: 4, granted: false });
  const { press, submit, says } = await mounted(
    createElement(Grant, { api: { grant } as unknown as DeskApi, userId: 'u' }),
    FIELDS,
  );
  for (const _ of ['first', 'again', 'another']) {
    // oxlint-disable-next-line no-await-in-loop -- one press after another
    await press('Grant 1');
    // oxlint-disable-next-line no-await-in-loop -- as above
    await submit();
  }
  expect(says()).toEqual(['It was granted before, once. Nothing more is granted now. The balance is 4.']);
  const [first, again, another] = namesOf(grant);
  expect(again).toBe(first);
  expect(another).not.toBe(first);
});

it.each([
  ['what is left, under the name of an act about many whose answer was lost', 'acts', 1],
  ['what it would do anew, once all of that act is done', 'changes_nothing', 2],
])('previews %s', async (_, verdict, names) => {
  const preview = (word: string) => ({
    dryRun: true,
    left: 0,
    scans: [{ scanId: 's', verdict: word, word: '' }],
  });
  const actMany = vi
    .fn<() => Promise<unknown>>()
    .mockResolvedValueOnce(preview('acts'))
    .mockRejectedValueOnce(LOST)
    .mockResolvedValueOnce(preview(verdict))
    .mockResolvedValueOnce(preview('acts'));
  const api = { actMany } as unknown as DeskApi;
  const { press, submit, says } = await mounted(
    createElement(ActOnMany, { api, scanIds: ['s'], onDone: () => undefined }),
    FIELDS,
  );
  await press('Preview');
  await press('Do it to 1');
  await submit();
  await press('Preview');
  expect(new Set(namesOf(actMany)).size).toBe(names);
  expect(says()).toEqual(['It would be done to 1. Nothing is done yet.']);
});
