/** The world in which every rules case starts: Alice, who owns documents, Bob, a stranger, and the server's documents. */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { initializeTestEnvironment, type RulesTestContext } from '@firebase/rules-unit-testing';
import { photoUrlsOf } from '@reddyfit/shared/scan/photos';
import { type DocumentData, type Firestore, serverTimestamp } from 'firebase/firestore';
import { Firestore as ServersFirestore, Timestamp } from 'firebase-admin/firestore';

export const PROJECT = 'demo-rules';
export const BUCKET = `${PROJECT}.firebasestorage.app`;
export const RULES_FILE = resolve(import.meta.dirname, '../../firestore.rules');

/**
 * `anonymous` is not signed in; `owner` is Alice, to whom the documents at the paths belong; `stranger` is Bob, to whom they
 * do not. The newcomer Carol has no documents yet.
 */
export const ACTORS = ['anonymous', 'owner', 'stranger'] as const;
export type Actor = (typeof ACTORS)[number];
export const UID = { owner: 'alice', stranger: 'bob', newcomer: 'carol' } as const;

/** One line of a table: who does what, and whether the rules let them. */
export interface RulesCase {
  name: string;
  as: Actor | 'newcomer';
  allowed: boolean;
  run: (db: Firestore) => Promise<unknown>;
}

/** What Alice may write for the scan `scanId`. */
export const submission = (scanId: string, uid: string = UID.owner): DocumentData => ({
  userId: uid,
  photoUrls: photoUrlsOf(BUCKET, uid, scanId),
  weightLb: 181.4,
  status: 'submitted',
  createdAt: serverTimestamp(),
});

const at = Timestamp.fromDate(new Date('2026-01-01T00:00:00Z'));

const serversScan = (uid: string, scanId: string): DocumentData => ({
  userId: uid,
  photoUrls: photoUrlsOf(BUCKET, uid, scanId),
  weightLb: 181.4,
  createdAt: at,
  status: 'completed',
  rev: 9,
  progress: 100,
});

const belongingsOf = (uid: string): [string, DocumentData][] => [
  [`scans/${uid}-scan`, serversScan(uid, `${uid}-scan`)],
  [`users/${uid}`, { sex: 'female', birthDate: '1990-05-17', heightCm: 168, creditHold: false }],
  [`users/${uid}/consents/scan_analysis`, { granted: true, policyVersion: '1', at }],
  [`users/${uid}/devices/phone-1`, { token: 'token', platform: 'ios', updatedAt: at }],
  [`users/${uid}/memories/m1`, { text: 'remembered', scanId: `${uid}-scan`, createdAt: at }],
  [`users/${uid}/summaries/scans`, { complete: true, scans: {} }],
  [`users/${uid}/pushes/${uid}-scan:completed`, { tokens: { hash: 'sent' }, expiresAt: at }],
  [`accounts/${uid}`, { scanCredits: 3 }],
  [`accounts/${uid}/ledger/grant-1`, { kind: 'grant', amount: 3, at }],
  [`accounts/${uid}/limits/cancelScan`, { tokens: 0, at }],
  [`auditLogs/${uid}-scan`, { seq: 1, hash: 'h', keys: {} }],
  [`auditLogs/${uid}-scan/entries/1`, { seq: 1, actor: `user:${uid}` }],
  [`auditLogs/user:${uid}/entries/1`, { seq: 1, actor: `user:${uid}` }],
  [`operations/${uid}-archive`, { userId: uid, lastSuccessAt: at }],
  [`webhookEndpoints/${uid}-hook`, { userId: uid, url: 'https://partner.example', secrets: ['s'] }],
  [`webhookEndpoints/${uid}-hook/deliveries/d1`, { userId: uid, attempts: 1 }],
  [`webhookEndpoints/${uid}-hook/secrets/signing`, { userId: uid, secrets: ['s'] }],
];

/** The project's rules on a running emulator, and the actors' clients. */
export interface RulesWorld {
  /** The database as an actor sees it. */
  as: Record<Actor | 'newcomer', Firestore>;
  /** Restores the documents that every case expects. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

const clientOf = (context: RulesTestContext) => context.firestore() as unknown as Firestore;

/** Opens the world on the emulator at `firestore` (host:port). */
export async function openWorld(firestore: string): Promise<RulesWorld> {
  const [host, port] = firestore.split(':') as [string, string];
  const rules = await readFile(RULES_FILE, 'utf8');
  const environment = await initializeTestEnvironment({
    projectId: PROJECT,
    firestore: { host, port: Number(port), rules },
  });
  const server = new ServersFirestore({
    projectId: PROJECT,
    host,
    port: Number(port),
    ssl: false,
    customHeaders: { Authorization: 'Bearer owner' },
  });
  return {
    as: {
      anonymous: clientOf(environment.unauthenticatedContext()),
      owner: clientOf(environment.authenticatedContext(UID.owner)),
      stranger: clientOf(environment.authenticatedContext(UID.stranger)),
      newcomer: clientOf(environment.authenticatedContext(UID.newcomer)),
    },
    async reset() {
      await environment.clearFirestore();
      const batch = server.batch();
      for (const uid of [UID.owner, UID.stranger]) {
        for (const [path, data] of belongingsOf(uid)) batch.set(server.doc(path), data);
      }
      await batch.commit();
    },
    async close() {
      await server.terminate();
      await environment.cleanup();
    },
  };
}
