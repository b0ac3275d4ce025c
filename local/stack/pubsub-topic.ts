/** Creates the topic for scan events. */

import { PubSub } from '@google-cloud/pubsub';
import { SCAN_EVENTS_TOPIC } from '@reddyfit/shared/names/ids';

const ALREADY_EXISTS = 6;

/**
 * Creates the topic at the emulator (host:port). Does nothing when the topic exists, since a function's trigger may have
 * created it.
 */
export async function createTopic(emulator: string, projectId: string): Promise<void> {
  // The client reads this variable when it looks for credentials; without it, the client waits for a metadata server.
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
