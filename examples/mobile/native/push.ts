/** Pushes: channels, permission, token, and the scan that a tap opens. Tokens are FCM's on both systems, as the server needs them. */

import {
  AuthorizationStatus,
  getInitialNotification,
  getMessaging,
  getToken,
  onNotificationOpenedApp,
  onTokenRefresh,
  requestPermission,
} from '@react-native-firebase/messaging';
import type { ReddyFitClient } from '@reddyfit/client';
import * as Notifications from 'expo-notifications';
import { Platform } from 'react-native';
import { scanOfPush } from '../logic/links.ts';

const { AndroidImportance } = Notifications;

/** Asks the user once, and registers this device; at each later start it renews. False when the user does not want it. */
export async function turnPushOn(client: ReddyFitClient): Promise<boolean> {
  if (Platform.OS === 'android') {
    const channel = { name: 'Scans', importance: AndroidImportance.DEFAULT };
    await Notifications.setNotificationChannelAsync('scan_results', channel);
    const quiet = { name: 'Scans at night', importance: AndroidImportance.LOW, sound: null };
    await Notifications.setNotificationChannelAsync('scan_results_quiet', quiet);
    // From Android 13 on; before that it is a yes.
    if (!(await Notifications.requestPermissionsAsync()).granted) return false;
  } else {
    const answer = await requestPermission(getMessaging());
    if (answer !== AuthorizationStatus.AUTHORIZED && answer !== AuthorizationStatus.PROVISIONAL) return false;
  }
  const platform = Platform.OS === 'ios' ? 'ios' : 'android';
  await client.registerDevice({ token: await getToken(getMessaging()), platform });
  return true;
}

/** Goes on until the returned function is called. */
export function renewPush(client: ReddyFitClient): () => void {
  const platform = Platform.OS === 'ios' ? 'ios' : 'android';
  return onTokenRefresh(getMessaging(), (token) => {
    client.registerDevice({ token, platform }).catch(() => undefined);
  });
}

/** This device gets no push of this user any more. */
export async function turnPushOff(client: ReddyFitClient): Promise<void> {
  await client.unregisterDevice({ token: await getToken(getMessaging()) });
}

/** The scan of each push that the user taps, also of the one that started the app. */
export function onPushOpened(open: (scanId: string) => void): () => void {
  const look = (message: { data?: Record<string, unknown> } | null) => {
    const scanId = scanOfPush(message?.data);
    if (scanId) open(scanId);
  };
  void getInitialNotification(getMessaging()).then(look);
  return onNotificationOpenedApp(getMessaging(), look);
}
