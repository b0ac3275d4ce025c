/** Wakes the app from time to time, so that it sends the drafts that were begun before it was closed. */

import * as BackgroundTask from 'expo-background-task';
import * as TaskManager from 'expo-task-manager';
import { sendDrafts } from '../logic/send-drafts.ts';
import { services } from './services.ts';

const TASK = 'send-drafts';

/** iOS lets a background task run for about half a minute. */
const WITHIN_MS = 25_000;

// Defined at the top level, since the system looks for the task as soon as the script is loaded.
TaskManager.defineTask(TASK, async () => {
  const { auth, client } = services();
  await auth.authStateReady();
  await sendDrafts(client, WITHIN_MS);
  return BackgroundTask.BackgroundTaskResult.Success;
});

/** Registers the task, to run at most four times an hour; the system decides when. A second call changes nothing. */
export async function sendInBackground(): Promise<void> {
  if ((await BackgroundTask.getStatusAsync()) !== BackgroundTask.BackgroundTaskStatus.Available) return;
  await BackgroundTask.registerTaskAsync(TASK, { minimumInterval: 15 });
}
