/** Wakes the app now and then, so that drafts are sent which were begun before it was closed. */

import * as BackgroundTask from 'expo-background-task';
import * as TaskManager from 'expo-task-manager';
import { sendDrafts } from '../logic/send-drafts.ts';
import { services } from './services.ts';

const TASK = 'send-drafts';

/** iOS lets a task work for half a minute or so. */
const WITHIN_MS = 25_000;

// The system looks for it as soon as the script is loaded.
TaskManager.defineTask(TASK, async () => {
  const { auth, client } = services();
  await auth.authStateReady();
  await sendDrafts(client, WITHIN_MS);
  return BackgroundTask.BackgroundTaskResult.Success;
});

/** At most four times an hour; the system decides when. Again: nothing. */
export async function sendInBackground(): Promise<void> {
  if ((await BackgroundTask.getStatusAsync()) !== BackgroundTask.BackgroundTaskStatus.Available) return;
  await BackgroundTask.registerTaskAsync(TASK, { minimumInterval: 15 });
}
