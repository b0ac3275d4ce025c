/**
 * The token by which FCM reaches this browser. Loads firebase/messaging, so it is imported only once the user wants
 * pushes.
 */

import type { FirebaseApp } from 'firebase/app';
import { deleteToken, getMessaging, getToken } from 'firebase/messaging';

/**
 * Returns the same token until FCM changes it. Rejects without permission, and when the browser's push service or FCM
 * cannot be reached.
 */
export async function pushToken(app: FirebaseApp, vapidKey: string): Promise<string> {
  const serviceWorkerRegistration = await ownServiceWorker();
  return getToken(getMessaging(app), { vapidKey, serviceWorkerRegistration });
}

/** Stops pushes to this browser, even when FCM cannot be reached. Rejects when FCM could not be told. */
export async function dropPushToken(app: FirebaseApp): Promise<void> {
  try {
    await deleteToken(getMessaging(app));
  } finally {
    const { pushManager } = await ownServiceWorker();
    await (await pushManager.getSubscription())?.unsubscribe();
  }
}

/**
 * The page's service worker. The page registers it on loading; rejects if that failed, because `ready` would never
 * resolve.
 */
async function ownServiceWorker(): Promise<ServiceWorkerRegistration> {
  if (!(await navigator.serviceWorker.getRegistration())) throw new Error('no service worker');
  return navigator.serviceWorker.ready;
}
