/** Publishes that a scan is queued at the moment it is, whether a worker takes it soon or late. */

import type { v1 } from '@google-cloud/pubsub';
import { SCAN_EVENTS_TOPIC } from '@reddyfit/shared/names/ids';
import { eventOf } from '@reddyfit/shared/scan/scan-event';
import { SCAN_ID_ATTRIBUTE } from '@reddyfit/shared/temporal/traces';
import { within } from '@reddyfit/shared/within';
import { config } from '../platform/config.ts';
import { logs } from '../platform/logs.ts';
import { currentTraceparent, traced } from '../platform/tracing.ts';

/** How long Pub/Sub may take (ms). A scan's start waits no longer for its subscribers. */
const DEADLINE_MS = 2000;

interface Opened {
  client: v1.PublisherClient;
  /** The topic's full name. */
  topic: string;
}

let opened: Promise<Opened> | undefined;

/** The topic's client. It is opened once, and again after it could not be opened. */
function open(): Promise<Opened> {
  opened ??= connect();
  opened.catch(() => (opened = undefined));
  return opened;
}

async function connect(): Promise<Opened> {
  const { projectId } = config();
  // The package is loaded on first use: it is large, and most functions do without it.
  const { PubSub, v1 } = await import('@google-cloud/pubsub');
  const pubsub = new PubSub(projectId ? { projectId } : {});
  const client = new v1.PublisherClient(
    (await pubsub.getClientConfig()) as ConstructorParameters<typeof v1.PublisherClient>[0],
  );
  // The client is opened before the first call, since one that fails to open during a call throws where nobody can catch it.
  await client.initialize();
  return { client, topic: client.projectTopicsPath(pubsub.projectId, SCAN_EVENTS_TOPIC) };
}

/**
 * Publishes `scan.queued`, with the trace around the caller. The idempotency key is the event's id: a second call publishes the
 * event again, and subscribers drop the repeat by its id. Resolves with true when Pub/Sub took the event in time; otherwise the
 * scan's workflow publishes it once a worker has it. Never throws.
 */
export async function publishQueued(scan: { scanId: string; userId: string }): Promise<boolean> {
  try {
    const published = traced(
      `send ${SCAN_EVENTS_TOPIC}`,
      { kind: 'client', attributes: attributesOf(scan) },
      () => publish(scan),
    );
    await within(published, DEADLINE_MS, () => {
      throw new Error('Pub/Sub took too long');
    });
    return true;
  } catch (error) {
    logs.queuedNotPublished(scan.scanId, error);
    return false;
  }
}

const attributesOf = ({ scanId }: { scanId: string }) => ({
  [SCAN_ID_ATTRIBUTE]: scanId,
  'messaging.system': 'gcp_pubsub',
  'messaging.operation.type': 'send',
  'messaging.destination.name': SCAN_EVENTS_TOPIC,
});

async function publish(scan: { scanId: string; userId: string }): Promise<void> {
  const event = eventOf(scan, 'scan.queued', 'queued', Date.now());
  const traceparent = currentTraceparent();
  const { client, topic } = await open();
  const message = {
    data: Buffer.from(JSON.stringify(event)),
    orderingKey: event.subject,
    attributes: {
      'content-type': 'application/cloudevents+json',
      type: event.type,
      ...(traceparent && { traceparent }),
    },
  };
  await client.publish({ topic, messages: [message] }, { timeout: DEADLINE_MS });
}
