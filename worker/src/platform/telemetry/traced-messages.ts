/** Spans around the messages that leave the worker: pushes and events. */

import { SpanKind } from '@opentelemetry/api';
import { SCAN_EVENTS_TOPIC } from '@reddyfit/shared/names/ids';
import type { EventPublisher } from '../../events/ports.ts';
import type { Push } from '../../push/ports.ts';
import { inSpan } from './in-span.ts';

/** Wraps `push`, so that each message has a span. */
export function tracedPush(push: Push): Push {
  const attributes = { 'messaging.system': 'fcm', 'messaging.operation.type': 'send' };
  return {
    send: (uid, message) =>
      inSpan('send fcm', { kind: SpanKind.PRODUCER, attributes }, async (span) => {
        const devices = await push.send(uid, message);
        span.setAttribute('messaging.batch.message_count', devices);
        return devices;
      }),
  };
}

/** Wraps `publisher`, so that each batch of events has a span, whose context its messages carry. */
export function tracedEvents(publisher: EventPublisher): EventPublisher {
  return {
    publish: (events) =>
      inSpan(
        `send ${SCAN_EVENTS_TOPIC}`,
        {
          kind: SpanKind.PRODUCER,
          attributes: {
            'messaging.system': 'gcp_pubsub',
            'messaging.operation.type': 'send',
            'messaging.destination.name': SCAN_EVENTS_TOPIC,
            'messaging.batch.message_count': events.length,
          },
        },
        () => publisher.publish(events),
      ),
  };
}
