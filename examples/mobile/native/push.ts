/**
 * Pushes: channels, permission, token, and the scan that a tap opens. On both systems the token is FCM's, as the server
 * requires.
 */

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

/**
 * Asks the user for permission and registers this device; renewPush registers its later tokens. Resolves with false when the
 * user refuses.
 */
export async function turnPushOn(client: ReddyFitClient): Promise<boolean> {
  if (Platform.OS === 'android') {
    const channel = { name: 'Scans', importance: AndroidImportance.DEFAULT };
    await Notifications.setNotificationChannelAsync('scan_results', channel);
    const quiet = { name: 'Scans at night', importance: AndroidImportance.LOW, sound: null };
    await Notifications.setNotificationChannelAsync('scan_results_quiet', quiet);
    // Android asks the user from version 13 on; older versions grant the permission.
    if (!(await Notifications.requestPermissionsAsync()).granted) return false;
  } else {
    const answer = await requestPermission(getMessaging());
    if (answer !== AuthorizationStatus.AUTHORIZED && answer !== AuthorizationStatus.PROVISIONAL) return false;
  }
  const platform = Platform.OS === 'ios' ? 'ios' : 'android';
  await client.registerDevice({ token: await getToken(getMessaging()), platform });
  return true;
}

/**
 * Registers each new token that FCM gives this device, while the user permits notifications, until the returned function is
 * called, so that a user who refused or took the permission back gets no pushes by a new token.
 */
export function renewPush(client: ReddyFitClient): () => void {
  const platform = Platform.OS === 'ios' ? 'ios' : 'android';
  return onTokenRefresh(getMessaging(), (token) => {
    Notifications.getPermissionsAsync()
      .then(async ({ granted }) => granted && client.registerDevice({ token, platform }))
      .catch(() => undefined);
  });
}

/** Ends the pushes of this user to this device. */
export async function turnPushOff(client: ReddyFitClient): Promise<void> {
  await client.unregisterDevice({ token: await getToken(getMessaging()) });
}

/** Calls `open` with the scan of each push that the user taps, including the push that started the app. */
export function onPushOpened(open: (scanId: string) => void): () => void {
  const look = (message: { data?: Record<string, unknown> } | null) => {
    const scanId = scanOfPush(message?.data);
    if (scanId) open(scanId);
  };
  void getInitialNotification(getMessaging()).then(look);
  return onNotificationOpenedApp(getMessaging(), look);
}
