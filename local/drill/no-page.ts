/** Waits until an alert does not fire and its earlier pages are resolved, so that a drill can begin. */

import { setTimeout as wait } from 'node:timers/promises';
import { untilQuery } from '../monitoring/prometheus-api.ts';
import type { PageEvent, PagerDuty } from './pagerduty.ts';

export interface Watched {
  /** http URLs. */
  readonly prometheus: string;
  readonly alertmanager: string;
  readonly pagerDuty: PagerDuty;
}

/**
 * `about` recognises the alert's pages. Resolves with the number of events so far; later events belong to what the caller
 * does next.
 */
export async function untilNoPage(
  { prometheus, alertmanager, pagerDuty }: Watched,
  alert: string,
  about: (event: PageEvent) => boolean,
  signal: AbortSignal,
): Promise<number> {
  await untilQuery(
    prometheus,
    `ALERTS{alertname="${alert}", alertstate="firing"}`,
    (firing) => firing.length === 0,
    signal,
  );
  const filter = encodeURIComponent(`alertname="${alert}"`);
  const active = async () =>
    (await (await fetch(`${alertmanager}/api/v2/alerts?filter=${filter}`)).json()) as unknown[];
  while ((await active()).length > 0) await wait(200, undefined, { signal });
  const last = pagerDuty.events.findLastIndex(about);
  if (pagerDuty.events[last]?.event_action === 'trigger') {
    await pagerDuty.until((event) => event.event_action === 'resolve' && about(event), signal, last);
  }
  return pagerDuty.events.length;
}
