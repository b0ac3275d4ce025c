/** Spans around what leaves the worker as messages: pushes and events. */

import { SpanKind } from '@opentelemetry/api';
import { SCAN_EVENTS_TOPIC } from '@reddyfit/shared/names/ids';
import type { EventPublisher } from '../../events/ports.ts';
import type { Push } from '../../push/ports.ts';
import { inSpan } from './in-span.ts';

/** `push`, each message in a span. */
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

/** `publisher`, each batch in a span, which its messages carry. */
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
