/** Callable: everything that the system has of a user, as one file, and the photos. */

import pLimit from 'p-limit';
import type { File } from '@google-cloud/storage';
import { emptyRequest, type ExportMyDataResponse } from '@reddyfit/shared/api/callables';
import { EXPORT_DATA_WORKFLOW, exportDataWorkflowId } from '@reddyfit/shared/names/ids';
import { objects } from '@reddyfit/shared/names/paths';
import type { ExportedData, UserInput } from '@reddyfit/shared/temporal/workflows';
import { callable } from '../platform/callable.ts';
import { config } from '../platform/config.ts';
import { logs } from '../platform/logs.ts';
import { photoBucket } from '../scans/uploads/photo-bucket.ts';
import { startOnce } from '../platform/start-once.ts';
import { orUnavailable, temporal } from '../platform/temporal.ts';

/** How long the URLs are valid (ms): 15 min. */
const URL_LIFETIME_MS = 15 * 60_000;

/** How long the worker may take before the caller is asked to call again (ms). The worker goes on meanwhile. */
const EXPORT_DEADLINE_MS = 50_000;

/** How many URLs are signed at once: on Google Cloud each signature is a request to IAM. */
const SIGNED_AT_ONCE = 25;

/**
 * `{}` → `{url, bytes, expiresAt, photos}`. The worker, which alone reaches the memory service, makes the file anew on every
 * call. The file lies in the closed bucket, since a year of scans does not fit into a callable's answer. Errors:
 * UnavailableError when the export takes too long (a second call waits for the same export), and those of every callable.
 */
export const exportMyData = callable({
  name: 'exportMyData',
  for: 'user',
  request: emptyRequest,
  rate: { max: 5, perSeconds: 3600 },
  options: { memory: '512MiB', timeoutSeconds: 120 },
  handle: async ({ uid, now }): Promise<ExportMyDataResponse> => {
    const { object, bytes } = await orUnavailable(collect({ userId: uid }));
    const bucket = await photoBucket();
    const expires = new Date(now.getTime() + URL_LIFETIME_MS);
    const [photos] = await bucket.getFiles({ prefix: objects.userFolder(uid) });
    const signed = await pLimit(SIGNED_AT_ONCE).map(photos, async (photo) => ({
      object: photo.name,
      url: await signedUrl(photo, now, expires),
    }));
    logs.dataExported(bytes);
    return {
      url: await signedUrl(bucket.file(object), now, expires),
      bytes,
      expiresAt: expires.toISOString(),
      photos: signed,
    };
  },
});

async function collect(input: UserInput): Promise<ExportedData> {
  const workflowId = exportDataWorkflowId(input.userId);
  const { taskQueue } = config().temporal;
  await startOnce(temporal(), {
    type: EXPORT_DATA_WORKFLOW,
    workflowId,
    taskQueue,
    input,
    again: 'after it ended',
  });
  return temporal().use(
    EXPORT_DEADLINE_MS,
    (client) => client.workflow.getHandle(workflowId).result() as Promise<ExportedData>,
  );
}

async function signedUrl(file: File, now: Date, expires: Date): Promise<string> {
  const [url] = await file.getSignedUrl({
    version: 'v4',
    action: 'read',
    accessibleAt: now,
    expires,
    host: file.storage.apiEndpoint,
  });
  return url;
}
