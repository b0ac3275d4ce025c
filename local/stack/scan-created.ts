/** The event of a scan's document as Eventarc delivers it, and where the emulator takes it. */

import { paths } from '@reddyfit/shared/names/paths';

export interface FunctionsAt {
  /** host:port of the functions emulator. */
  readonly functions: string;
  readonly projectId: string;
  readonly region: string;
}

/** The request that delivers the event of `scans/{scanId}`. Deliveries of one event carry the same id. */
export function scanCreated({ functions, projectId, region }: FunctionsAt, scanId: string, eventId: string) {
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
  return { url: triggerUrl({ functions, projectId, region }, 'onScanCreated'), event };
}

/** The emulator names a trigger `<region>-<function>-<how often the functions were reloaded>`. */
export const triggerUrl = ({ functions, projectId, region }: FunctionsAt, name: string) =>
  `http://${functions}/functions/projects/${projectId}/triggers/${region}-${name}-0`;

/** The type of content of an event's delivery. */
export const CLOUD_EVENT = 'application/cloudevents+json; charset=UTF-8';
