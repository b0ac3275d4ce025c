/** This machine's clock against a server's: signed URLs and tokens hold for minutes. */

import { type Check, ok, problem, warning } from '../check.ts';

/** A server's Date is in whole seconds; more than this is seen (s). */
const SEEN_SECONDS = 5;
/** Google refuses tokens that were signed this far from now (s). */
const REFUSED_SECONDS = 60;

const ADVICE = 'Set it by NTP.';

export const clock: Check = {
  name: 'clock',
  async run({ clock: url }) {
    const begun = Date.now();
    const response = await fetch(url, { method: 'HEAD' });
    const middle = (begun + Date.now()) / 2;
    const date = Date.parse(response.headers.get('date') ?? '');
    if (Number.isNaN(date))
      return warning(`${new URL(url).host} does not say the time`, 'Look at it by hand.');
    // The second that it names is halfway over, on average.
    const seconds = Math.round((middle - date - 500) / 1000);
    const seen = `${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} ${new URL(url).host}`;
    if (Math.abs(seconds) >= REFUSED_SECONDS) return problem(seen, ADVICE);
    return Math.abs(seconds) >= SEEN_SECONDS ? warning(seen, ADVICE) : ok(seen);
  },
};
