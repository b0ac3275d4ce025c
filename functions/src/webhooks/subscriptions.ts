/**
 * Which endpoints subscribe to an event. The answer is cached for seconds, since events come in bursts and endpoints
 * change seldom.
 */

import type { ScanEventType } from '@reddyfit/shared/scan/events';
import { paths } from '@reddyfit/shared/names/paths';
import type { WebhookEndpoint } from '@reddyfit/shared/webhooks/endpoints';
import { firestore } from '../platform/firestore.ts';

/** How long an answer of the database is used (ms). Whether an endpoint is enabled is checked again with each request. */
const FRESH_MS = 3000;

type Subscription = Pick<WebhookEndpoint, 'events'> & { endpointId: string };

let known: { until: number; subscriptions: Promise<Subscription[]> } | undefined;

async function read(): Promise<Subscription[]> {
  const enabled = firestore().collection(paths.webhookEndpoints()).where('state', '==', 'enabled');
  const { docs } = await enabled.select('events').get();
  return docs.map((doc) => ({ endpointId: doc.id, events: doc.get('events') as ScanEventType[] }));
}

/** Ids of the enabled endpoints that subscribe to events of this type. Throws when Firestore does not answer. */
export async function subscribersTo(type: ScanEventType): Promise<string[]> {
  const now = Date.now();
  if (!known || known.until <= now) {
    const asked = { until: now + FRESH_MS, subscriptions: read() };
    known = asked;
    asked.subscriptions.catch(() => {
      if (known === asked) known = undefined;
    });
  }
  const subscriptions = await known.subscriptions;
  return subscriptions.filter(({ events }) => events.includes(type)).map(({ endpointId }) => endpointId);
}
