/** Who was notified about a scan: pushes by device, and deliveries to webhook endpoints. */

import { createHash } from 'node:crypto';
import { pushRecord } from '@reddyfit/shared/account/users';
import { paths } from '@reddyfit/shared/names/paths';
import type { Timeline, TimelineEvent } from '@reddyfit/shared/operator/timeline';
import { SCAN_EVENT_TYPES } from '@reddyfit/shared/scan/events';
import { TERMINAL_STATUSES } from '@reddyfit/shared/scan/statuses';
import { STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { webhookAttempt, webhookDelivery } from '@reddyfit/shared/webhooks/deliveries';
import type { DocumentSnapshot, Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import { deliveriesOfScan } from '../webhooks/list-deliveries.ts';

/** The name of a token in the worker's records: worker/src/push/push-record.ts. */
const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');

/** The fields of a device that are read. */
const known = z.object({ token: z.string(), platform: z.string() });

/** The sentence about a document that somebody has broken. */
const unread = (document: DocumentSnapshot) => `${document.ref.path} cannot be read.`;

/** The outcome, for each device, of the pushes about the scan's end. The record of a push is kept for a week. */
export async function pushesOf(
  db: Firestore,
  userId: string,
  scanId: string,
  /** Gets what cannot be read. */
  gaps: string[],
): Promise<Timeline['pushes']> {
  const refs = TERMINAL_STATUSES.map((status) => db.doc(paths.push(userId, scanId, status)));
  const [devices, records] = await Promise.all([
    db.collection(paths.devices(userId)).get(),
    db.getAll(...refs),
  ]);
  const platforms = new Map(
    devices.docs.flatMap((doc): [string, string][] => {
      const device = known.safeParse(doc.data()).data;
      return device ? [[hashOf(device.token), device.platform]] : [];
    }),
  );
  return records.flatMap((record, index) => {
    const { data } = pushRecord.safeParse(record.data());
    if (record.exists && !data) gaps.push(unread(record));
    return Object.entries(data?.tokens ?? {}).map(([token, outcome]) => ({
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

/** The fields of a delivery that are read. The text of an endpoint's answers is not shown. */
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

const stored = webhookDelivery
  .pick({ state: true, lastStatus: true, nextAttemptAt: true })
  .extend({
    event: z.object({ type: z.string() }),
    attempts: z.array(webhookAttempt.pick({ at: true, status: true, error: true, ms: true }).strip()),
  })
  .strip();

/** The deliveries in a record, and whether some of it cannot be read. */
function deliveriesIn(doc: DocumentSnapshot) {
  const fields = doc.data()!;
  if (fields['deliveries'] === undefined) {
    const { data } = stored.safeParse(fields);
    return { isBroken: !data, deliveries: data ? [{ eventId: doc.id, isOwn: true, ...data }] : [] };
  }
  const { deliveries, isBroken } = deliveriesOfScan(fields);
  return {
    isBroken,
    deliveries: deliveries.map((delivery) => ({ eventId: delivery.event.id, isOwn: false, ...delivery })),
  };
}

/** The deliveries of the scan's events to all endpoints, and each attempt as an event of the timeline. */
export async function deliveriesOf(
  db: Firestore,
  scanId: string,
  /** Gets what cannot be read. */
  gaps: string[],
): Promise<{ deliveries: Timeline['deliveries']; events: TimelineEvent[] }> {
  const endpoints = await db.collection(paths.webhookEndpoints()).select().get();
  const refs = endpoints.docs.flatMap(({ id }) =>
    [...eventIds(scanId), scanId].map((eventId) => db.doc(paths.webhookDelivery(id, eventId))),
  );
  const found = refs.length === 0 ? [] : await db.getAll(...refs, { fieldMask: DELIVERY_FIELDS });
  const records = found.flatMap((doc) => {
    if (!doc.exists) return [];
    const { deliveries, isBroken } = deliveriesIn(doc);
    if (isBroken) gaps.push(unread(doc));
    const endpointId = doc.ref.parent.parent!.id;
    return deliveries.map((delivery) => ({ endpointId, ...delivery }));
  });
  const nameOf = ({ endpointId, eventId }: { endpointId: string; eventId: string }) =>
    `${endpointId} ${eventId}`;
  const own = new Set(records.filter(({ isOwn }) => isOwn).map(nameOf));
  return {
    // One that was delivered again has a record of its own, which says how it stands.
    deliveries: records
      .filter((record) => record.isOwn || !own.has(nameOf(record)))
      .map(({ endpointId, eventId, state, attempts, lastStatus, nextAttemptAt }) => ({
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
