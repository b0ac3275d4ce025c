/** Lists the deliveries to a webhook endpoint, from records of one delivery and from those of a scan. */

import { paths } from '@reddyfit/shared/names/paths';
import { UNREADABLE } from '@reddyfit/shared/operator/find';
import { withIsoTimes } from '@reddyfit/shared/timestamps';
import type { WebhookDeliveryView } from '@reddyfit/shared/webhooks/callables';
import {
  deliveredEvent,
  type DeliveryState,
  readScanDeliveries,
  type ScanDeliveries,
  type WebhookDelivery,
} from '@reddyfit/shared/webhooks/deliveries';
import type { DocumentData, DocumentSnapshot, Firestore } from 'firebase-admin/firestore';

/** The deliveries to an endpoint, the latest first, `limit` at most. */
export async function listDeliveries(
  db: Firestore,
  endpointId: string,
  { state, limit }: { state?: DeliveryState | undefined; limit: number },
): Promise<WebhookDeliveryView[]> {
  const all = db.collection(paths.webhookDeliveries(endpointId));
  let page = (state ? all.where('state', '==', state) : all).orderBy('updatedAt', 'desc').limit(limit);
  const found: Listed[] = [];
  // A scan's record may tell of many deliveries, or of none.
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- each page begins where the last one ended
    const { docs } = await page.get();
    found.push(...docs.flatMap(viewsIn));
    if (found.length >= limit || docs.length < limit) break;
    page = page.startAfter(docs.at(-1)!);
  }
  const latest = found
    .toSorted((one, other) => `${other.view.updatedAt}`.localeCompare(`${one.view.updatedAt}`))
    .slice(0, limit);
  // One that was delivered again has a record of its own, which says how it stands.
  const ofScans = latest.filter(({ isOwn }) => !isOwn).map(({ view }) => view.eventId);
  const refs = ofScans.map((eventId) => db.doc(paths.webhookDelivery(endpointId, eventId)));
  const own = refs.length === 0 ? [] : await db.getAll(...refs, { fieldMask: ['state'] });
  const again = new Set(own.filter(({ exists }) => exists).map(({ id }) => id));
  return latest.filter(({ isOwn, view }) => isOwn || !again.has(view.eventId)).map(({ view }) => view);
}

/** A delivery, and whether its record is that of one alone. */
interface Listed {
  isOwn: boolean;
  view: WebhookDeliveryView;
}

/** The deliveries of a scan's record, the latest first, as records are, and whether some cannot be read. */
export function deliveriesOfScan(fields: DocumentData): { deliveries: WebhookDelivery[]; isBroken: boolean } {
  const record = fields as ScanDeliveries;
  const { deliveries: taken, isBroken } = readScanDeliveries(record);
  const deliveries = taken.toReversed().map((each): WebhookDelivery => ({
    event: deliveredEvent(record, each),
    state: 'delivered',
    deadReason: null,
    attempts: [each.attempt],
    lastStatus: each.attempt.status,
    nextAttemptAt: null,
    createdAt: each.attempt.at,
    updatedAt: each.attempt.at,
    expiresAt: record.expiresAt,
  }));
  return { deliveries, isBroken };
}

/** The deliveries that a record tells of. What somebody has broken hides no other, and is shown under the record's id. */
function viewsIn(doc: DocumentSnapshot): Listed[] {
  const fields = doc.data()!;
  const alone = { isOwn: true, view: viewOf(doc.id, fields as Partial<WebhookDelivery>) };
  if (fields['deliveries'] === undefined) return [alone];
  const { deliveries, isBroken } = deliveriesOfScan(fields);
  const listed = deliveries.map((delivery) => ({ isOwn: false, view: viewOf(delivery.event.id, delivery) }));
  return isBroken ? [...listed, alone] : listed;
}

function viewOf(eventId: string, fields: Partial<WebhookDelivery>): WebhookDeliveryView {
  const { event, attempts, state, deadReason = null, lastStatus = null, nextAttemptAt = null } = fields;
  const { createdAt, updatedAt, expiresAt } = fields;
  const shown = {
    state,
    deadReason,
    attempts: (Array.isArray(attempts) ? attempts : []).map(({ at, status, error, ms, answer }) => ({
      at,
      status,
      error,
      ms,
      answer,
    })),
    lastStatus,
    nextAttemptAt,
    createdAt,
    updatedAt,
    expiresAt,
  };
  const type = event?.type ?? UNREADABLE;
  return { eventId, type, ...(withIsoTimes(shown) as object) } as WebhookDeliveryView;
}
