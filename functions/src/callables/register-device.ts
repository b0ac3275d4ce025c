/** Callable: this device gets the user's pushes. It is for apps that do not write users/{uid}/devices themselves. */

import { createHash } from 'node:crypto';
import { registerDeviceRequest, type RegisterDeviceResponse } from '@reddyfit/shared/api/callables';
import { callable } from '../platform/callable.ts';
import { registerToken } from '../devices/device-tokens.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';

/**
 * `{token, platform, deviceId?}` → `{deviceId}`. An app calls this at sign-in, when FCM gives a new token, and about once a
 * month: a device that is not renewed for 270 days is deleted. A second call renews the device. Any other device with the
 * same token is deleted, whoever's it is. Errors: those of every callable.
 */
export const registerDevice = callable({
  name: 'registerDevice',
  for: 'user',
  request: registerDeviceRequest,
  rate: { max: 30, perSeconds: 60 },
  options: { memory: '256MiB', timeoutSeconds: 30 },
  handle: async ({ uid, request, now }): Promise<RegisterDeviceResponse> => {
    const { token, platform, deviceId = idOf(token) } = request;
    await registerToken(firestore(), { uid, deviceId, token, platform, now });
    logs.deviceRegistered(platform);
    return { deviceId };
  },
});

/** A device id that is always the same for one token. */
function idOf(token: string): string {
  return `token-${createHash('sha256').update(token).digest('hex').slice(0, 32)}`;
}
