/** Who was told of a scan: pushes by device, and deliveries to webhook endpoints. */

import { createHash } from 'node:crypto';
import { type Device, pushRecord } from '@reddyfit/shared/account/users';
import { paths } from '@reddyfit/shared/names/paths';
import type { Timeline, TimelineEvent } from '@reddyfit/shared/operator/timeline';
import { SCAN_EVENT_TYPES } from '@reddyfit/shared/scan/events';
import { TERMINAL_STATUSES } from '@reddyfit/shared/scan/statuses';
import { STEP_NAMES } from '@reddyfit/shared/scan/steps';
import type { ScanDeliveries, WebhookDelivery } from '@reddyfit/shared/webhooks/endpoints';
import type { Firestore } from 'firebase-admin/firestore';
import { eachDelivery } from '../webhooks/deliveries.ts';

/** As the worker names a token in its records: worker/src/push/push-record.ts. */
const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');

/** What became of each message of the scan's end, for the week that the record is kept. */
export async function pushesOf(db: Firestore, userId: string, scanId: string): Promise<Timeline['pushes']> {
  const refs = TERMINAL_STATUSES.map((status) => db.doc(paths.push(userId, scanId, status)));
  const [devices, records] = await Promise.all([
    db.collection(paths.devices(userId)).get(),
    db.getAll(...refs),
  ]);
  const platforms = new Map(
    devices.docs.map((doc) => {
      const { token, platform } = doc.data() as Device;
      return [hashOf(token), platform];
    }),
  );
  return records.flatMap((record, index) => {
    const { tokens = {} } = pushRecord.safeParse(record.data()).data ?? {};
    return Object.entries(tokens).map(([token, outcome]) => ({
      status: TERMINAL_STATUSES[index]!,
      platform: platforms.get(token) ?? null,
      outcome,
    }));
  });
}

/** Every id that an event of a scan may have. */
function eventIds(scanId: string): string[] {
  return SCAN_EVENT_TYPES.flatMap((type) =>
    type === 'scan.step.completed'
      ? STEP_NAMES.map((step) => `${scanId}:${type}:${step}`)
      : [`${scanId}:${type}`],
  );
}

/** What of a delivery is read: an endpoint's own answers stay where they are. */
const DELIVERY_FIELDS = [
  'event.id',
  'event.type',
  'event.data.scanId',
  'state',
  'attempts',
  'lastStatus',
  'nextAttemptAt',
  'deliveries',
];

/** Deliveries of the scan's events to every endpoint, and each attempt as an event. */
export async function deliveriesOf(
  db: Firestore,
  scanId: string,
): Promise<{ deliveries: Timeline['deliveries']; events: TimelineEvent[] }> {
  const endpoints = await db.collection(paths.webhookEndpoints()).select().get();
  const refs = endpoints.docs.flatMap(({ id }) =>
    [...eventIds(scanId), scanId].map((eventId) => db.doc(paths.webhookDelivery(id, eventId))),
  );
  const found = refs.length === 0 ? [] : await db.getAll(...refs, { fieldMask: DELIVERY_FIELDS });
  const records = found.flatMap((doc) =>
    doc.exists
      ? eachDelivery(doc.data() as WebhookDelivery | ScanDeliveries).map(({ delivery }) => ({
          endpointId: doc.ref.parent.parent!.id,
          eventId: delivery.event.id,
          ...delivery,
        }))
      : [],
  );
  return {
    deliveries: records.map(({ endpointId, eventId, state, attempts, lastStatus, nextAttemptAt }) => ({
      endpointId,
      eventId,
      state,
      attempts: attempts.length,
      lastStatus,
      nextAttemptAt: nextAttemptAt && new Date(nextAttemptAt.toMillis()).toISOString(),
    })),
    events: records.flatMap(({ endpointId, event, attempts }) =>
      attempts.map(({ at, status, error, ms }, index) => ({
        at: new Date(at.toMillis()).toISOString(),
        from: 'webhook' as const,
        what: event.type,
        attempts: index + 1,
        ms,
        outcome: status === null ? 'no answer' : `${status}`,
        ...(error && { code: error }),
        detail: { endpointId },
      })),
    ),
  };
}
