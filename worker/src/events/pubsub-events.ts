/** Publishes scan events to Pub/Sub, in order per scan. */

import { PubSub } from '@google-cloud/pubsub';
import { context, propagation } from '@opentelemetry/api';
import type { ScanEvent } from '@reddyfit/shared/scan/events';
import { SCAN_EVENTS_TOPIC } from '@reddyfit/shared/names/ids';
import type { EventPublisher } from './ports.ts';

/**
 * Publishes to the project's `scan-events` topic; the scan id is the ordering key. A trace context (`traceparent`) is
 * an attribute of the message and not a part of the event, so that a repeated event stays the same.
 */
export function pubsubEvents(projectId: string): EventPublisher & { close(): Promise<void> } {
  const pubsub = new PubSub({ projectId });
  const topic = pubsub.topic(SCAN_EVENTS_TOPIC, { messageOrdering: true });
  return {
    async publish(events) {
      try {
        await Promise.all(
          events.map((event) =>
            topic.publishMessage({
              json: event,
              orderingKey: event.subject,
              attributes: attributesOf(event),
            }),
          ),
        );
      } catch (error) {
        // After a failed publish, Pub/Sub's client blocks the ordering key until it is resumed. The activity's retry
        // publishes again.
        for (const event of events) topic.resumePublishing(event.subject);
        throw error;
      }
    },
    async close() {
      await topic.flush();
      await pubsub.close();
    },
  };
}

function attributesOf({ type }: ScanEvent): Record<string, string> {
  const attributes = { 'content-type': 'application/cloudevents+json', type };
  propagation.inject(context.active(), attributes);
  return attributes;
}
