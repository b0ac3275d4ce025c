/** Delivers a scan's created event again, as Eventarc may, by posting it to the function's endpoint in the emulator. */

import { randomUUID } from 'node:crypto';
import { paths } from '@reddyfit/shared/names/paths';
import type { StackFile } from '../../local/stack/stack-file.ts';

/** Resolves with the HTTP status of the function's answer. Deliveries of one event carry the same id. */
export async function redeliver(
  { functions, projectId, region }: StackFile,
  scanId: string,
  eventId: string = randomUUID(),
): Promise<number> {
  const document = paths.scan(scanId);
  const time = new Date().toISOString();
  const database = `projects/${projectId}/databases/(default)`;
  const event = {
    specversion: '1.0',
    id: eventId,
    type: 'google.cloud.firestore.document.v1.created',
    source: `//firestore.googleapis.com/${database}`,
    subject: `documents/${document}`,
    time,
    datacontenttype: 'application/json',
    project: projectId,
    database: '(default)',
    namespace: '(default)',
    location: region,
    document,
    data: {
      value: { name: `${database}/documents/${document}`, fields: {}, createTime: time, updateTime: time },
    },
  };
  // The emulator names a trigger `<region>-<function>-<how often the functions were reloaded>`.
  const url = `http://${functions}/functions/projects/${projectId}/triggers/${region}-onScanCreated-0`;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents+json; charset=UTF-8' },
    body: JSON.stringify(event),
  });
  await answer.body?.cancel();
  return answer.status;
}
