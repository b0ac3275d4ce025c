/** The switch of incident mode: its refusal stays until it is read or the switch is asked for again. */

import { createElement } from 'react';
import { expect, it, onTestFinished, vi } from 'vitest';
import { type DeskApi, Refused } from './api.ts';
import { Incident } from './incident.tsx';
import { mounted } from './mounted.fixture.ts';

const OPEN = { state: 'open', last: null, running: 0, oldestAt: null, retries: 0 };
const SAID = 'You signed in too long ago.';

async function refusedSwitch() {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const admission = vi.fn<() => Promise<unknown>>().mockResolvedValue(OPEN);
  const changeAdmission = vi
    .fn<() => Promise<unknown>>()
    .mockRejectedValueOnce(new Refused('sign-in-too-old', SAID, 401))
    .mockResolvedValue({ ...OPEN, state: 'paused', changed: true });
  const api = { admission, changeAdmission } as unknown as DeskApi;
  const page = await mounted(createElement(Incident, { api, mayAct: true }), {
    reason: 'incident',
    reference: 'T-1',
  });
  await page.press('Take no new scans');
  await page.submit();
  const looks = admission.mock.calls.length;
  await page.wait(() => void vi.advanceTimersByTime(5000));
  expect(admission.mock.calls.length).toBeGreaterThan(looks);
  return page;
}

it('says why it was not switched after the next look, until that is read', async () => {
  const { text, press } = await refusedSwitch();
  expect(text()).toContain(SAID);
  await press('I have read it');
  expect(text()).not.toContain(SAID);
  expect(text()).toContain('New scans are taken.');
});

it('says it until it is switched', async () => {
  const { text, press, submit } = await refusedSwitch();
  await press('Take no new scans');
  await submit();
  expect(text()).not.toContain(SAID);
  expect(text()).toContain('No new scans are taken.');
});
