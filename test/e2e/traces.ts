/** What a scan leaves in places that are not part of a patient's record: logs, Temporal, pushes, events, the audit chain. */

import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PubSub } from '@google-cloud/pubsub';
import { dailyScanWorkflowId, SCAN_EVENTS_TOPIC } from '@reddyfit/shared/names/ids';
import type { SentMessage } from '../../local/stand-ins/fcm-stand-in.ts';
import type { Records } from './records.ts';
import type { Servers } from './servers.ts';

/** Place → the whole text that was found there. */
export type Traces = Record<string, string>;

/**
 * Every log file of an instance, as a whole: of the functions, emulators, Temporal, workers, the storage server and the
 * stand-ins. The storage server keeps no access log.
 */
export function logTraces(instanceDir: string): Traces {
  const logs = join(instanceDir, 'logs');
  const names = readdirSync(logs).filter((name) => name.endsWith('.log'));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(logs, name), 'utf8')]));
}

/**
 * What Temporal keeps of a scan's workflow: its description, memo and search attributes, and the whole history with payloads,
 * failure messages and stack traces. It is read as stored, not as a client with the key decodes it.
 */
export async function temporalTraces({ temporal }: Servers, scanId: string): Promise<Traces> {
  const handle = temporal.workflow.getHandle(dailyScanWorkflowId(scanId));
  const [{ raw }, history] = await Promise.all([handle.describe(), handle.fetchHistory()]);
  const { memo, searchAttributes } = raw.workflowExecutionInfo ?? {};
  return {
    'Temporal memo': readable(memo),
    'Temporal search attributes': readable(searchAttributes),
    'Temporal description': readable(raw),
    'Temporal history': readable(history),
  };
}

/** The bytes of Temporal's database. */
export function temporalDatabase(instanceDir: string): Traces {
  const names = readdirSync(instanceDir).filter((name) => /^temporal\.sqlite(-wal)?$/.test(name));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(instanceDir, name), 'latin1')]));
}

/** What devices were sent about a scan, without the tokens to which it was sent. */
export async function pushTraces({ stack }: Servers, scanId: string): Promise<Traces> {
  const answer = await fetch(`${stack.fcm}/messages`);
  const sent = ((await answer.json()) as SentMessage[])
    .map(({ message }) => message)
    .filter(({ data }) => data?.['scanId'] === scanId);
  return {
    'push notification': JSON.stringify(sent.map(({ notification }) => notification)),
    'push data': JSON.stringify(
      sent.map((message) => ({ ...message, token: undefined, notification: undefined })),
    ),
  };
}

/** The audit chain and the ledger. */
export async function recordTraces(records: Records, uid: string, scanId: string): Promise<Traces> {
  const [chain, ledger] = await Promise.all([records.auditChain(scanId), records.ledger(uid)]);
  return { 'audit chain': JSON.stringify(chain), 'credit ledger': JSON.stringify(ledger) };
}

/** Messages on the topic of scan events as they are transmitted: data, attributes and ordering key. */
export async function rawEvents({ stack: { pubsub: apiEndpoint, projectId } }: Servers) {
  const pubsub = new PubSub({ projectId, apiEndpoint, emulatorMode: true });
  const [subscription] = await pubsub.topic(SCAN_EVENTS_TOPIC).createSubscription(`phi-${randomUUID()}`);
  const messages: string[] = [];
  subscription.on('message', (message) => {
    message.ack();
    const { attributes, orderingKey } = message;
    messages.push(JSON.stringify({ data: message.data.toString('utf8'), attributes, orderingKey }));
  });
  return {
    about: (scanId: string) => messages.filter((message) => message.includes(scanId)),
    async close() {
      await subscription.close();
      await subscription.delete();
      await pubsub.close();
    },
  };
}

/** All text in a message of Temporal's API, one field a line, payloads included. */
function readable(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (typeof value !== 'object') return String(value as string | number | boolean);
  return Object.entries(value)
    .map(([name, field]) => `${name}: ${readable(field)}`)
    .join('\n');
}
