/** Webhook endpoints and their deliveries in Firestore. */

import { accountChain } from '@reddyfit/shared/audit/chain';
import { paths } from '@reddyfit/shared/names/paths';
import { ID_TOKEN_LIFETIME_MS } from '@reddyfit/shared/scan/uploads';
import {
  DELETED_USER,
  MAX_ATTEMPTS_KEPT,
  WEBHOOK_RECORD_KEPT_MS,
  deliveredEvent,
  readScanDeliveries,
  type ScanDeliveries,
  type WebhookDelivery,
  type WebhookEvent,
} from '@reddyfit/shared/webhooks/deliveries';
import {
  WEBHOOK_CONTENT_TYPES,
  WEBHOOK_FAILING_LIMIT_MS,
  type WebhookEndpoint,
  type WebhookSecrets,
} from '@reddyfit/shared/webhooks/endpoints';
import {
  type DocumentReference,
  type DocumentSnapshot,
  type Firestore,
  Timestamp,
} from 'firebase-admin/firestore';
import { sha256 } from '../audit/firestore-audit.ts';
import type { ScanDeliveriesRecord, WebhookRecipient, WebhookStore } from './ports.ts';

const stamp = (iso: string) => Timestamp.fromDate(new Date(iso));

/**
 * Firestore's codes for a document that is gone (NOT_FOUND) or has changed since it was read (FAILED_PRECONDITION,
 * ABORTED).
 */
const CHANGED_SINCE = new Set<unknown>([5, 9, 10]);

/** Firestore's code for a document that already exists. */
const ALREADY_EXISTS = 6;

/** Creates a document that rarely exists already, without reading it first. Resolves with false when it exists. */
async function madeNow(ref: DocumentReference, fields: WebhookDelivery | ScanDeliveries): Promise<boolean> {
  try {
    await ref.create(fields);
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code !== ALREADY_EXISTS) throw error;
    return false;
  }
}

/**
 * How often `judge` reads an endpoint that keeps changing and tries to write it, before it leaves that to Temporal's
 * retry.
 */
const MOST_LOOKS = 20;

/**
 * How old an event may be (ms) when it is recorded without a look whether its user's account is still there. The deletion
 * of an account looks for records once more when no ID token of the user is valid any more, which is later than this.
 */
const SURELY_FOUND_MS = ID_TOKEN_LIFETIME_MS;

/** How long an endpoint that was read is reused for the events of scans (ms), which come in bursts. */
const FRESH_MS = 3000;

/** An endpoint as its deliveries need it at `now`; null when it does not exist. */
function subscriberOf(
  endpoint: DocumentSnapshot,
  signing: DocumentSnapshot,
  now: Date,
): Omit<WebhookRecipient, 'delivery'> | null {
  const found = endpoint.data() as WebhookEndpoint | undefined;
  if (!found) return null;
  const { secrets = [] } = (signing.data() ?? {}) as Partial<WebhookSecrets>;
  return {
    url: found.url,
    events: found.events,
    contentType: found.contentType ?? WEBHOOK_CONTENT_TYPES[0],
    enabled: found.state === 'enabled',
    failing: Boolean(found.failingSince),
    secrets: secrets
      .filter(({ validUntil }) => validUntil === null || validUntil.toMillis() > now.getTime())
      .map(({ secret }) => secret),
  };
}

/** The list, or an empty one when somebody has broken the record: a broken record must not stop the events that follow. */
const listOf = <Item>(stored: readonly Item[] | undefined): readonly Item[] =>
  Array.isArray(stored) ? stored : [];

/** The record of a scan's deliveries, with the new ones added to `before`. */
function withTaken(
  before: ScanDeliveries | undefined,
  { scan, at, taken, handedOver }: ScanDeliveriesRecord,
): ScanDeliveries {
  const now = stamp(at);
  const earlier = listOf(before?.deliveries);
  const known = new Set(earlier.map(({ attempt }) => attempt?.key));
  const added = taken
    .filter(({ attempt }) => !known.has(attempt.key))
    .map(({ event: { type, time, data }, attempt }) => ({
      type,
      ...('step' in data && { step: data.step }),
      status: data.status,
      time,
      attempt: { ...attempt, at: stamp(attempt.at) },
    }));
  return {
    // The event in `before` is kept: the deletion of a user has replaced the user's id in it.
    event: before?.event ?? { data: { scanId: scan.scanId, userId: scan.userId } },
    state: 'delivered',
    deliveries: [...earlier, ...added],
    handedOver: [...new Set([...listOf(before?.handedOver), ...handedOver])],
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
    expiresAt: Timestamp.fromMillis(now.toMillis() + WEBHOOK_RECORD_KEPT_MS),
  };
}

/** Webhooks in `db`. `onDead` is called once for each delivery that is given up. */
export function firestoreWebhooks(db: Firestore, onDead: () => void = () => {}): WebhookStore {
  const fresh = new Map<string, { until: number; found: Promise<DocumentSnapshot[]> }>();
  const endpointAndSecrets = (endpointId: string, now: number): Promise<DocumentSnapshot[]> => {
    for (const [id, { until }] of fresh) if (until <= now) fresh.delete(id);
    const kept = fresh.get(endpointId);
    if (kept) return kept.found;
    const found = db.getAll(
      db.doc(paths.webhookEndpoint(endpointId)),
      db.doc(paths.webhookSecrets(endpointId)),
    );
    fresh.set(endpointId, { until: now + FRESH_MS, found });
    found.catch(() => fresh.delete(endpointId));
    return found;
  };

  /** Whether the account was deleted, as its chain says, and nobody has signed up under the same id since. */
  const isDeleted = async (uid: string): Promise<boolean> => {
    const chain = db.doc(paths.auditLog(accountChain(sha256(uid))));
    const [deletion, user] = await db.getAll(chain, db.doc(paths.user(uid)));
    return deletion!.exists && !user!.exists;
  };

  /** What a record made at `at` keeps as the user of an event of this time: an attempt may be made after the account is gone. */
  const keptUser = async (userId: string, time: string, at: string): Promise<string> => {
    const isRecent = Date.parse(at) - Date.parse(time) < SURELY_FOUND_MS;
    return isRecent || !(await isDeleted(userId)) ? userId : DELETED_USER;
  };

  /** The event as a record made at `at` keeps it. */
  const keptEvent = async (event: WebhookEvent, at: string): Promise<WebhookEvent> => {
    if (!('userId' in event.data)) return event;
    const userId = await keptUser(event.data.userId, event.time, at);
    return { ...event, data: { ...event.data, userId } } as WebhookEvent;
  };

  return {
    async subscriber(endpointId, now) {
      const [endpoint, signing] = await endpointAndSecrets(endpointId, now.getTime());
      return subscriberOf(endpoint!, signing!, now);
    },

    async recorded(endpointId, scanId) {
      const found = (await db.doc(paths.scanDeliveries(endpointId, scanId)).get()).data() as
        | ScanDeliveries
        | undefined;
      if (!found) return null;
      return [
        ...readScanDeliveries(found).deliveries.map((taken) => deliveredEvent(found, taken).id),
        ...listOf(found.handedOver),
      ];
    },

    async recordScan(given) {
      const { scan, taken, at } = given;
      const time = taken[0]?.event.time ?? new Date(0).toISOString();
      const record = { ...given, scan: { ...scan, userId: await keptUser(scan.userId, time, at) } };
      const ref = db.doc(paths.scanDeliveries(record.endpointId, scan.scanId));
      if (record.first && (await madeNow(ref, withTaken(undefined, record)))) return;
      await db.runTransaction(async (tx) => {
        tx.set(ref, withTaken((await tx.get(ref)).data() as ScanDeliveries | undefined, record));
      });
    },

    async recipient(endpointId, eventId, now) {
      const [endpoint, signing, delivery] = await db.getAll(
        db.doc(paths.webhookEndpoint(endpointId)),
        db.doc(paths.webhookSecrets(endpointId)),
        db.doc(paths.webhookDelivery(endpointId, eventId)),
      );
      const subscriber = subscriberOf(endpoint!, signing!, now);
      return (
        subscriber && {
          ...subscriber,
          delivery: (delivery!.data() as WebhookDelivery | undefined)?.state ?? null,
        }
      );
    },

    async record({ endpointId, event: sent, at, attempt, state, deadReason, nextAttemptAt, first }) {
      const event = await keptEvent(sent, at);
      const ref = db.doc(paths.webhookDelivery(endpointId, event.id));
      const after = (before: WebhookDelivery | undefined): WebhookDelivery => {
        const attempts = before?.attempts ?? [];
        const known = attempt !== null && attempts.some(({ key }) => key === attempt.key);
        const now = stamp(at);
        return {
          event,
          state,
          deadReason,
          attempts:
            attempt === null || known
              ? attempts
              : [...attempts, { ...attempt, at: stamp(attempt.at) }].slice(-MAX_ATTEMPTS_KEPT),
          lastStatus: attempt ? attempt.status : (before?.lastStatus ?? null),
          nextAttemptAt: nextAttemptAt === null ? null : stamp(nextAttemptAt),
          createdAt: before?.createdAt ?? now,
          updatedAt: now,
          expiresAt: Timestamp.fromMillis(now.toMillis() + WEBHOOK_RECORD_KEPT_MS),
        };
      };
      const made = first === true && (await madeNow(ref, after(undefined)));
      const died = made
        ? state === 'dead'
        : await db.runTransaction(async (tx) => {
            const before = (await tx.get(ref)).data() as WebhookDelivery | undefined;
            tx.set(ref, after(before));
            return state === 'dead' && before?.state !== 'dead';
          });
      if (died) onDead();
    },

    async judge(endpointId, outcome, at) {
      const ref = db.doc(paths.webhookEndpoint(endpointId));
      const verdict = (endpoint: WebhookEndpoint | undefined) => {
        if (!endpoint) return 'nothing';
        const time = stamp(at).toMillis();
        if (endpoint.state === 'disabled') {
          const ours = endpoint.disabled?.at.toMillis() === time && endpoint.disabled.reason !== 'operator';
          return ours ? 'disabled by this' : 'nothing';
        }
        if (outcome === 'gone') return 'gone';
        if (outcome === 'delivered') return endpoint.failingSince ? 'recovered' : 'nothing';
        if (!endpoint.failingSince) return 'began to fail';
        return time - endpoint.failingSince.toMillis() >= WEBHOOK_FAILING_LIMIT_MS ? 'failing' : 'nothing';
      };
      const now = stamp(at);
      // All deliveries of an endpoint share this document. The locks of transactions would make the deliveries queue,
      // so the document is written without one, and only if it has not changed since it was read. A writer that comes
      // second reads it again, and mostly finds the change made.
      for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
        const seen = await ref.get();
        const endpoint = seen.data() as WebhookEndpoint | undefined;
        const decided = verdict(endpoint);
        if (decided === 'nothing') return null;
        if (decided === 'disabled by this') return endpoint!.disabled!.reason;
        const disables = decided === 'gone' || decided === 'failing';
        const changes = disables
          ? { state: 'disabled', disabled: { reason: decided, at: now }, updatedAt: now }
          : { failingSince: decided === 'recovered' ? null : now };
        try {
          await ref.update(changes, { lastUpdateTime: seen.updateTime! });
          fresh.delete(endpointId);
        } catch (error) {
          if (!CHANGED_SINCE.has((error as { code?: unknown }).code)) throw error;
          continue;
        }
        return disables ? decided : null;
      }
      throw new Error('the webhook endpoint changes faster than it can be written');
    },
  };
}
