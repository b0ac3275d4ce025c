/** Checks the Pub/Sub topic to which changes of scans are published. */

import { PubSub } from '@google-cloud/pubsub';
import { SCAN_EVENTS_TOPIC } from '@reddyfit/shared/names/ids';
import { type Check, type Finding, ok, problem } from '../check.ts';
import type { Site } from '../site.ts';
import { askGoogle } from './credentials.ts';

export const topic: Check = {
  name: 'topic',
  run: (site) => askGoogle(site, look),
};

async function look({ projectId }: Site): Promise<Finding | readonly Finding[]> {
  const pubsub = new PubSub({ projectId });
  try {
    const [exists] = await pubsub.topic(SCAN_EVENTS_TOPIC).exists();
    if (exists) return ok(SCAN_EVENTS_TOPIC);
    return problem(
      `${SCAN_EVENTS_TOPIC} is not there`,
      `npx firebase deploy --only functions makes it, or gcloud pubsub topics create ${SCAN_EVENTS_TOPIC}`,
    );
  } finally {
    await pubsub.close();
  }
}
