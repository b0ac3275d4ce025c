/** Makes the topic that scan events go to. */

import { PubSub } from '@google-cloud/pubsub';
import { SCAN_EVENTS_TOPIC } from '@reddyfit/shared/names/ids';

const ALREADY_EXISTS = 6;

/** Makes the topic at the emulator (host:port); fine when a function's trigger has already made it. */
export async function createTopic(emulator: string, projectId: string): Promise<void> {
  // Read by the client when it looks for credentials; without it, it waits for a metadata server.
  process.env.METADATA_SERVER_DETECTION = 'none';
  const pubsub = new PubSub({ projectId, apiEndpoint: emulator, emulatorMode: true });
  try {
    await pubsub.createTopic(SCAN_EVENTS_TOPIC);
  } catch (error) {
    if ((error as { code?: number }).code !== ALREADY_EXISTS) throw error;
  } finally {
    await pubsub.close();
  }
}
