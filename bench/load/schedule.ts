/** Runs the sweeper more often than the stack's own schedule does. */

import { PubSub } from '@google-cloud/pubsub';
import type { StackFile } from '../../local/stack/stack-file.ts';

/** The functions emulator runs a scheduled function when its topic has a message. */
const TOPIC = 'firebase-schedule-sweepScans';

/**
 * Time between two runs (ms); in production it is five minutes. The sweeper ignores scans that are younger than two minutes.
 */
const EVERY_MS = 30_000;

/**
 * Runs the sweeper until `stop`. It starts the scans whose created event failed: when the functions emulator lacks the
 * processor time to start a function, it does not deliver the event again, as the platform would.
 */
export function sweepOften({ projectId, pubsub: address }: StackFile): { stop(): Promise<void> } {
  const [host, port] = address.split(':');
  const pubsub = new PubSub({ projectId, apiEndpoint: `${host}:${port}`, emulatorMode: true });
  const topic = pubsub.topic(TOPIC);
  const timer = setInterval(() => void topic.publishMessage({ json: {} }).catch(() => undefined), EVERY_MS);
  return {
    async stop() {
      clearInterval(timer);
      await pubsub.close();
    },
  };
}
