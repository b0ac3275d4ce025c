/** Waits for the calm before a drill: nothing fires, and what was paged before has ended. */

import { setTimeout as wait } from 'node:timers/promises';
import { untilQuery } from '../monitoring/prometheus-api.ts';
import type { PageEvent, PagerDuty } from './pagerduty.ts';

export interface Watched {
  /** http URLs. */
  readonly prometheus: string;
  readonly alertmanager: string;
  readonly pagerDuty: PagerDuty;
}

/** `about` tells the alert's pages. Resolves with how many events have come; later ones are of what happens next. */
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
