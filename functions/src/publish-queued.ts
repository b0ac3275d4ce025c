/** Publishes that a scan is queued, when it is: whether a worker takes it soon or late. */

import type { Topic } from '@google-cloud/pubsub';
import { eventOf } from '@reddyfit/shared/scan-event';
import { SCAN_EVENTS_TOPIC } from '@reddyfit/shared/ids';
import { config } from './config.ts';
import { logs } from './logs.ts';
import { currentTraceparent } from './tracing.ts';

/** How long Pub/Sub may take (ms): nobody's scan waits longer for subscribers. */
const DEADLINE_MS = 2000;

let opened: Promise<Topic> | undefined;

async function open(): Promise<Topic> {
  const { projectId } = config();
  // Loaded on first use: it is large, and most functions do without it.
  const { PubSub } = await import('@google-cloud/pubsub');
  const pubsub = new PubSub(projectId ? { projectId } : {});
  return pubsub.topic(SCAN_EVENTS_TOPIC, {
    messageOrdering: true,
    batching: { maxMessages: 1 },
    gaxOpts: { timeout: DEADLINE_MS },
  });
}

/**
 * Publishes `scan.queued`, with the trace around it. Key: the event's id; again: published again, subscribers tell by the id. Resolves
 * with whether Pub/Sub took it in time; if not, the scan's workflow publishes it once a worker has it. Never throws.
 */
export async function publishQueued({ scanId, userId }: { scanId: string; userId: string }): Promise<boolean> {
  const event = eventOf({ scanId, userId }, 'scan.queued', 'queued', Date.now());
  const traceparent = currentTraceparent();
  let timer: NodeJS.Timeout | undefined;
  try {
    const topic = await (opened ??= open());
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        // A failed publish blocks its key until it is resumed.
        topic.resumePublishing(scanId);
        reject(new Error('Pub/Sub took too long'));
      }, DEADLINE_MS);
    });
    const published = topic.publishMessage({
      json: event,
      orderingKey: scanId,
      attributes: {
        'content-type': 'application/cloudevents+json',
        type: event.type,
        ...(traceparent && { traceparent }),
      },
    });
    published.catch(() => topic.resumePublishing(scanId));
    await Promise.race([published, late]);
    return true;
  } catch (error) {
    logs.queuedNotPublished(scanId, error);
    return false;
  } finally {
    clearTimeout(timer);
  }
}
