/** The browser's gate gives the same verdicts as the server's on good and spoilt photos. */

import { expect, it } from 'vitest';
import { agreement } from './agreement.ts';

it('gives the verdicts of the server', { timeout: 300_000 }, async () => {
  const { verdicts } = await agreement(2, () => undefined);
  expect(verdicts.filter(({ server }) => server === '').length).toBeGreaterThan(10);
  expect(verdicts.filter(({ server }) => server !== '').length).toBeGreaterThan(15);
  const differ = verdicts.filter(({ server, browser }) => server !== browser);
  expect(differ.length / verdicts.length, JSON.stringify(differ)).toBeLessThanOrEqual(0.02);
});
