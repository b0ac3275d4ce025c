/** Sends pushes with Firebase Cloud Messaging to all of a user's devices, once to each. */

import { createConnection } from 'node:net';
import { Agent } from 'node:https';
import { type App, initializeApp } from 'firebase-admin/app';
import { deleteUnchanged } from '@reddyfit/shared/delete-unchanged';
import type { Firestore, QueryDocumentSnapshot } from 'firebase-admin/firestore';
import type { SendResponse } from 'firebase-admin/messaging';
import { ScanPipelineError } from '@reddyfit/shared/errors';
import { paths } from '@reddyfit/shared/names/paths';
import { device, MAX_DEVICES } from '@reddyfit/shared/account/users';
import { log } from '../platform/logs.ts';
import type { Push, PushMessage } from './ports.ts';
import { multicast } from './fcm-message.ts';
import { type Outcome, outcomeOf, waitOf } from './fcm-outcome.ts';
import { openMessaging } from './fcm-transport.ts';
import { openPushRecord, type Settled } from './push-record.ts';

/**
 * A Firebase app that sends its FCM requests to the server at `endpoint`, over plain HTTP, with a token that only that
 * server accepts.
 */
export function appWithFcmAt(endpoint: string, projectId: string, name = 'fcm'): App {
  const { hostname, port } = new URL(endpoint);
  const httpAgent = new Agent();
  httpAgent.createConnection = () => createConnection({ host: hostname, port: Number(port) });
  const credential = { getAccessToken: async () => ({ access_token: 'local', expires_in: 3600 }) };
  return initializeApp({ projectId, credential, httpAgent }, name);
}

/** FCM's answer for one token. */
interface Answer {
  token: string;
  outcome: Outcome;
  response: SendResponse;
}

/**
 * Reads the user's most recently renewed devices from `db` and removes a token that FCM no longer knows. `webAppUrl`
 * (https, no trailing slash) is the address at which a browser opens the link. `onAnswer` is called with the outcome of
 * the message on each device.
 */
export function fcmPush(
  db: Firestore,
  app: App,
  { webAppUrl, onAnswer = () => {} }: { webAppUrl: string; onAnswer?: (outcome: Outcome) => void },
): Push {
  const messaging = openMessaging(app);
  return {
    async send(uid, message) {
      const record = openPushRecord(db, uid, message.scanId, message.status);
      const [devices, isSettled] = await Promise.all([devicesOf(db, uid), record.read()]);
      const tokens = [...devices.keys()].filter((token) => !isSettled(token));
      if (tokens.length === 0) return 0;

      const { responses } = await messaging.sendEachForMulticast(
        multicast(message, tokens, { now: new Date(), webAppUrl }),
      );
      const answers = tokens.map((token, index): Answer => {
        const response = responses[index]!;
        return { token, outcome: outcomeOf(response), response };
      });
      for (const { outcome } of answers) onAnswer(outcome);

      // Recorded before anything else, so that a retry after a crash sends to no device twice.
      await record.add(settledBy(answers), new Date());
      const dead = answers.filter(({ outcome }) => outcome === 'dead');
      await Promise.all(dead.flatMap(({ token }) => devices.get(token)!.map(deleteUnchanged)));
      report(message, answers);
      return countOrRetry(answers);
    },
  };
}

/** The user's devices by token. Two documents may hold the same token, which is still one device. */
async function devicesOf(db: Firestore, uid: string): Promise<Map<string, QueryDocumentSnapshot[]>> {
  const { docs } = await db
    .collection(paths.devices(uid))
    .orderBy('updatedAt', 'desc')
    .limit(MAX_DEVICES)
    .get();
  const readable = docs.filter((document) => device.safeParse(document.data()).success);
  return Map.groupBy(readable, (document) => document.get('token') as string);
}

function settledBy(answers: Answer[]): Map<string, Settled> {
  return new Map(answers.flatMap(({ token, outcome }) => (outcome === 'busy' ? [] : [[token, outcome]])));
}

/** Logs one line about the outcomes, and one error line for each reason for which FCM refused the message. */
function report({ scanId, status }: PushMessage, answers: Answer[]): void {
  const count = (outcome: Outcome) => answers.filter((answer) => answer.outcome === outcome).length;
  log('INFO', 'push_sent', { scanId, status, sent: count('sent'), dead: count('dead'), busy: count('busy') });
  const refused = answers.filter(({ outcome }) => outcome === 'refused');
  for (const [code, { length }] of Map.groupBy(refused, ({ response }) => response.error?.code)) {
    log('ERROR', 'push_refused', { scanId, status, code, devices: length });
  }
}

/**
 * The number of devices that accepted the message. Throws when the message must be sent again to some; the error asks
 * for the longest of FCM's waits.
 */
function countOrRetry(answers: Answer[]): number {
  const busy = answers.filter(({ outcome }) => outcome === 'busy').map(({ response }) => response);
  if (busy.length > 0) {
    const waits = busy.map(waitOf).filter((wait) => wait !== undefined);
    throw new ScanPipelineError('InternalError', {
      cause: busy[0]!.error,
      ...(waits.length > 0 && { retryAfterMs: Math.max(...waits) }),
    });
  }
  return answers.filter(({ outcome }) => outcome === 'sent').length;
}
