/** A test's own subscription to the topic of scan events. */

import { randomUUID } from 'node:crypto';
import { PubSub } from '@google-cloud/pubsub';
import { scanEvent, type ScanEvent, type ScanEventType } from '@reddyfit/shared/scan/events';
import { SCAN_EVENTS_TOPIC } from '@reddyfit/shared/names/ids';
import type { StackFile } from '../../local/stack/stack-file.ts';

export interface ScanEvents {
  /** Resolves with the scan's first past or future event of a type. */
  of(scanId: string, type: ScanEventType): Promise<ScanEvent>;
  /** Every event about a scan so far, in the order in which they came. */
  about(scanId: string): ScanEvent[];
  close(): Promise<void>;
}

/** Subscribes. Only events that are published from now on are received. */
export async function subscribe({ pubsub: apiEndpoint, projectId }: StackFile): Promise<ScanEvents> {
  const pubsub = new PubSub({ projectId, apiEndpoint, emulatorMode: true });
  const [subscription] = await pubsub
    .topic(SCAN_EVENTS_TOPIC)
    .createSubscription(`e2e-${randomUUID()}`, { enableMessageOrdering: true });
  const received: ScanEvent[] = [];
  const watchers = new Set<() => void>();
  const about = (scanId: string) => received.filter(({ subject }) => subject === scanId);
  subscription.on('message', (message) => {
    message.ack();
    received.push(scanEvent.parse(JSON.parse(message.data.toString())));
    for (const watcher of watchers) watcher();
  });
  return {
    about,
    of: (scanId, type) =>
      new Promise((resolve) => {
        const look = () => {
          const event = about(scanId).find((each) => each.type === type);
          if (!event) return;
          watchers.delete(look);
          resolve(event);
        };
        watchers.add(look);
        look();
      }),
    async close() {
      await subscription.close();
      await subscription.delete();
      await pubsub.close();
    },
  };
}
