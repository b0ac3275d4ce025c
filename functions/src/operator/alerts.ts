/** Reads the firing alerts from Alertmanager (API v2), each with its runbook. */

import type { WatchView } from '@reddyfit/shared/operator/watch';
import { z } from 'zod';

/** How long Alertmanager may take (ms). */
const DEADLINE_MS = 3000;

const answered = z.array(
  z.object({
    startsAt: z.iso.datetime({ offset: true }),
    labels: z.record(z.string(), z.string()),
    annotations: z.record(z.string(), z.string()),
  }),
);

/**
 * The alerts that are neither silenced nor inhibited, the oldest first. Throws when Alertmanager does not answer as it
 * should.
 */
export async function alertsAt(url: string): Promise<NonNullable<WatchView['alerts']>> {
  const asked = `${url}/api/v2/alerts?active=true&silenced=false&inhibited=false`;
  const answer = await fetch(asked, { signal: AbortSignal.timeout(DEADLINE_MS) });
  if (!answer.ok) throw new Error(`Alertmanager answered ${answer.status}`);
  return answered
    .parse(await answer.json())
    .map(({ startsAt, labels, annotations }) => ({
      name: labels['alertname'] ?? '',
      severity: labels['severity'] ?? '',
      since: new Date(startsAt).toISOString(),
      summary: annotations['summary'] ?? '',
      runbook: annotations['runbook_url'] ?? null,
    }))
    .sort((one, other) => one.since.localeCompare(other.since));
}
