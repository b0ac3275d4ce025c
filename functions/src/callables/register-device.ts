/** Callable: this device gets the user's pushes. For apps that would rather not write users/{uid}/devices themselves. */

import { createHash } from 'node:crypto';
import { registerDeviceRequest, type RegisterDeviceResponse } from '@reddyfit/shared/api/callables';
import { callable } from '../platform/callable.ts';
import { registerToken } from '../devices/device-tokens.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';

/**
 * `{token, platform, deviceId?}` → `{deviceId}`. To be called at sign-in, when FCM gives a new token, and about once a month:
 * what is not renewed for 270 days is dropped. Again: renewed. The token is taken from whoever had it before. Errors: those
 * of every callable.
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

/** The same device again for the same token. */
function idOf(token: string): string {
  return `token-${createHash('sha256').update(token).digest('hex').slice(0, 32)}`;
}
