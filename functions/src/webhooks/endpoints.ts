/** Webhook endpoints and their secrets: what operators do with them, by callable or on the command line. */

import { randomBytes } from 'node:crypto';
import { paths } from '@reddyfit/shared/names/paths';
import { withIsoTimes } from '@reddyfit/shared/timestamps';
import type {
  AddWebhookRequest,
  WebhookSecretResponse,
  WebhookView,
} from '@reddyfit/shared/webhooks/callables';
import {
  WEBHOOK_CONTENT_TYPES,
  WEBHOOK_SECRET_OVERLAP_MS,
  type WebhookEndpoint,
  type WebhookSecrets,
  isLoopbackHost,
  webhookUrlProblem,
} from '@reddyfit/shared/webhooks/endpoints';
import type { AuditAction } from '@reddyfit/shared/audit/chain';
import { type DocumentSnapshot, type Firestore, Timestamp, type Transaction } from 'firebase-admin/firestore';
import { auditHeadOf, writeAudit } from '../platform/audit-chain.ts';
import { CallError } from '../platform/call-error.ts';
import { isInternalHost } from './internal-host.ts';

const ID_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Who changes an endpoint, and when. Each change is recorded in the chain named `actor`, in the transaction that makes the
 * change.
 */
export interface Change {
  readonly now: Date;
  /** `operator:<name>`. */
  readonly actor: string;
}

/**
 * Records a change. The key is the action and the endpoint, with the time for an action that can happen to an endpoint more
 * than once. `head` must be read in `tx`.
 */
function record(
  db: Firestore,
  tx: Transaction,
  head: DocumentSnapshot,
  { now, actor }: Change,
  { action, endpointId }: { action: AuditAction; endpointId: string },
): void {
  const at = now.toISOString();
  const key = action === 'webhook_added' ? `${action}:${endpointId}` : `${action}:${endpointId}:${at}`;
  writeAudit(db, tx, actor, auditHeadOf(head), [{ key, at, actor, action, detail: { endpointId } }]);
}

/** `we_` and 20 letters: 119 bits. */
function newEndpointId(): string {
  const letters: string[] = [];
  while (letters.length < 20) {
    for (const byte of randomBytes(32)) {
      // 62 letters go four times into 248. Bytes from 248 on would favour the first letters.
      if (byte < 248 && letters.length < 20) letters.push(ID_LETTERS[byte % ID_LETTERS.length]!);
    }
  }
  return `we_${letters.join('')}`;
}

/** `whsec_` and 32 random bytes in base64, as Standard Webhooks has it. */
const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;

type NewEndpoint = Omit<AddWebhookRequest, 'contentType'> & Partial<AddWebhookRequest>;

/**
 * Adds an endpoint, which is enabled. The answer shows the secret, which is shown nowhere else. Throws InvalidRequestError for
 * a URL to which no webhook would go; `allowLoopback` allows URLs of this machine.
 */
export async function addEndpoint(
  db: Firestore,
  { url, events, contentType = WEBHOOK_CONTENT_TYPES[0], description }: NewEndpoint,
  by: Change,
  allowLoopback = false,
): Promise<WebhookSecretResponse> {
  const problem = webhookUrlProblem(url, allowLoopback) ?? internalProblem(url, allowLoopback);
  if (problem) {
    throw new CallError('InvalidRequestError', {
      forOperator: `The URL ${problem}.`,
      details: { field: 'url' },
    });
  }
  const endpointId = newEndpointId();
  const secret = newSecret();
  const at = Timestamp.fromDate(by.now);
  const endpoint: WebhookEndpoint = {
    url: new URL(url).href,
    events,
    contentType,
    description,
    state: 'enabled',
    disabled: null,
    failingSince: null,
    createdAt: at,
    updatedAt: at,
  };
  const signing: WebhookSecrets = { secrets: [{ secret, createdAt: at, validUntil: null }] };
  await db.runTransaction(async (tx) => {
    const head = await tx.get(db.doc(paths.auditLog(by.actor)));
    tx.create(db.doc(paths.webhookEndpoint(endpointId)), endpoint);
    tx.create(db.doc(paths.webhookSecrets(endpointId)), signing);
    record(db, tx, head, by, { action: 'webhook_added', endpointId });
  });
  return { endpointId, secret };
}

function internalProblem(url: string, allowLoopback: boolean): string | null {
  const { hostname } = new URL(url);
  if (!isInternalHost(hostname) || (allowLoopback && isLoopbackHost(hostname))) return null;
  return 'leads into a private network, where no webhook goes';
}

/** All endpoints, oldest first, without their secrets. */
export async function listEndpoints(db: Firestore): Promise<WebhookView[]> {
  const { docs } = await db.collection(paths.webhookEndpoints()).orderBy('createdAt').get();
  return docs.map((doc) => ({
    endpointId: doc.id,
    ...(withIsoTimes(doc.data()) as Omit<WebhookView, 'endpointId'>),
  }));
}

/**
 * Enables or disables an endpoint. An endpoint that is in `state` already stays as it is, and nothing is recorded. An endpoint
 * that is enabled anew may fail for five days again. Throws WebhookNotFoundError.
 */
export function switchEndpoint(
  db: Firestore,
  endpointId: string,
  state: WebhookEndpoint['state'],
  by: Change,
): Promise<void> {
  const ref = db.doc(paths.webhookEndpoint(endpointId));
  return db.runTransaction(async (tx) => {
    const [found, head] = await tx.getAll(ref, db.doc(paths.auditLog(by.actor)));
    const endpoint = found!.data() as WebhookEndpoint | undefined;
    if (!endpoint) throw new CallError('WebhookNotFoundError');
    if (endpoint.state === state) return;
    const at = Timestamp.fromDate(by.now);
    tx.update(ref, {
      state,
      disabled: state === 'enabled' ? null : { reason: 'operator', at },
      ...(state === 'enabled' && { failingSince: null }),
      updatedAt: at,
    });
    record(db, tx, head!, by, {
      action: state === 'enabled' ? 'webhook_enabled' : 'webhook_disabled',
      endpointId,
    });
  });
}

/**
 * Makes a new secret. The secret before it signs for 24 h more. Secrets that have expired are dropped. Throws
 * WebhookNotFoundError.
 */
export function rotateSecret(db: Firestore, endpointId: string, by: Change): Promise<WebhookSecretResponse> {
  const { now } = by;
  const ref = db.doc(paths.webhookSecrets(endpointId));
  return db.runTransaction(async (tx) => {
    const [found, head] = await tx.getAll(ref, db.doc(paths.auditLog(by.actor)));
    const signing = found!.data() as WebhookSecrets | undefined;
    if (!signing) throw new CallError('WebhookNotFoundError');
    const secret = newSecret();
    const validUntil = Timestamp.fromMillis(now.getTime() + WEBHOOK_SECRET_OVERLAP_MS);
    const before = signing.secrets
      .filter((old) => old.validUntil === null || old.validUntil.toMillis() > now.getTime())
      .map((old) => ({ ...old, validUntil: old.validUntil ?? validUntil }));
    tx.set(ref, { secrets: [{ secret, createdAt: Timestamp.fromDate(now), validUntil: null }, ...before] });
    tx.update(db.doc(paths.webhookEndpoint(endpointId)), { updatedAt: Timestamp.fromDate(now) });
    record(db, tx, head!, by, { action: 'webhook_secret_rotated', endpointId });
    return { endpointId, secret };
  });
}
