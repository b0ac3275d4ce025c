/** What Cloud Scheduler does in production, and nobody on one machine: runs the sweeper. */

import { PubSub } from '@google-cloud/pubsub';
import type { StackFile } from '../../local/stack/stack-file.ts';

/** The functions emulator runs a scheduled function when its topic has a message. */
const TOPIC = 'firebase-schedule-sweepScans';

/** More often than in production, where it is five minutes. It looks only at scans that are two minutes old. */
const EVERY_MS = 30_000;

/**
 * Until `stop`, has scans begun whose created event failed: the functions emulator does not deliver one again, as the platform
 * would, when it had no processor to start a function with.
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
