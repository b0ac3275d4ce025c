/** Compares this machine's clock with a server's: signed URLs and tokens are valid for minutes only. */

import { type Check, ok, problem, warning } from '../check.ts';

/** A server's Date header has whole seconds, so only a difference of at least this is reported (s). */
const SEEN_SECONDS = 5;
/** Google refuses tokens whose signing time is this far from its own time (s). */
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
    // The Date header is rounded down to the second, so it is half a second behind on average.
    const seconds = Math.round((middle - date - 500) / 1000);
    const seen = `${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} ${new URL(url).host}`;
    if (Math.abs(seconds) >= REFUSED_SECONDS) return problem(seen, ADVICE);
    return Math.abs(seconds) >= SEEN_SECONDS ? warning(seen, ADVICE) : ok(seen);
  },
};
