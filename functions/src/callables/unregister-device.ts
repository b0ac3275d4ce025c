/** Callable: this device no longer gets the user's pushes. Apps call it before the user signs out. */

import { unregisterDeviceRequest, type UnregisterDeviceResponse } from '@reddyfit/shared/api/callables';
import { paths } from '@reddyfit/shared/names/paths';
import { callable } from '../platform/callable.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';

/**
 * `{deviceId}` or `{token}` → `{devices}`: how many devices were deleted, 0 when there was none, as on a second call.
 * Errors: those of every callable.
 */
export const unregisterDevice = callable({
  name: 'unregisterDevice',
  for: 'user',
  request: unregisterDeviceRequest,
  rate: { max: 30, perSeconds: 60 },
  options: { memory: '256MiB', timeoutSeconds: 30 },
  handle: async ({ uid, request }): Promise<UnregisterDeviceResponse> => {
    const db = firestore();
    const devices = await db.runTransaction(async (tx) => {
      const found =
        'token' in request
          ? (await tx.get(db.collection(paths.devices(uid)).where('token', '==', request.token))).docs
          : [await tx.get(db.doc(paths.device(uid, request.deviceId)))];
      const there = found.filter(({ exists }) => exists);
      for (const { ref } of there) tx.delete(ref);
      return there.length;
    });
    logs.deviceUnregistered(devices);
    return { devices };
  },
});
