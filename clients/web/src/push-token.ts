/** The token under which FCM reaches this browser. Loads firebase/messaging, so it is imported only once a push is wanted. */

import type { FirebaseApp } from 'firebase/app';
import { deleteToken, getMessaging, getToken } from 'firebase/messaging';

/** The same again until FCM changes it. Rejects without permission, and where the browser's push service or FCM cannot be reached. */
export async function pushToken(app: FirebaseApp, vapidKey: string): Promise<string> {
  const serviceWorkerRegistration = await ownServiceWorker();
  return getToken(getMessaging(app), { vapidKey, serviceWorkerRegistration });
}

/** After it no push reaches this browser, also where FCM could not be told. Rejects where it could not. */
export async function dropPushToken(app: FirebaseApp): Promise<void> {
  try {
    await deleteToken(getMessaging(app));
  } finally {
    const { pushManager } = await ownServiceWorker();
    await (await pushManager.getSubscription())?.unsubscribe();
  }
}

/** The page registers it when it is loaded; where that failed, waiting for it would have no end. */
async function ownServiceWorker(): Promise<ServiceWorkerRegistration> {
  if (!(await navigator.serviceWorker.getRegistration())) throw new Error('no service worker');
  return navigator.serviceWorker.ready;
}
