/** Canaries, which are sent through whole scans, and the places where they are searched for. */

import { randomUUID } from 'node:crypto';
import { lbToKg } from '@reddyfit/shared/scan/measures';
import { objects, paths } from '@reddyfit/shared/names/paths';
import type { Scan } from '@reddyfit/shared/scan/document';
import { Timestamp } from 'firebase-admin/firestore';
import { expect, inject, vi } from 'vitest';
import { exportedSpans } from '../spans.ts';
import { logTraces, pushTraces, rawEvents, recordTraces, temporalTraces, type Traces } from './traces.ts';
import { newToken, type User, type UserOptions } from './users.ts';
import { it as itInWorld, type World } from './world.ts';

export const NAME = 'Canary Quetzal';
export const BIRTH_DATE = '1987-03-21';
export const HEIGHT_CM = 171.37;
export const WEIGHT_LB = 187.3125;

/** Value → its name in a failure. */
type Canaries = Map<string, string>;

export const it = itInWorld.extend('raw', { scope: 'file' }, async ({ servers }, { onCleanup }) => {
  const raw = await rawEvents(servers);
  onCleanup(() => raw.close());
  return raw;
});

interface CanaryUser extends User {
  readonly email: string;
  readonly tokens: readonly string[];
}

interface CanaryOptions extends Pick<UserOptions, 'profile' | 'scans'> {
  /** FCM tokens of the user's phones. Default: one. */
  readonly tokens?: readonly string[];
}

/** A user whose personal data are words that occur nowhere by chance, with a phone for each token. */
export async function canaryUser(
  world: World,
  { profile, tokens = [`canary-${newToken()}`], ...options }: CanaryOptions = {},
): Promise<CanaryUser> {
  const { db } = world.servers;
  // The account has the address from the beginning, since the Auth emulator sends a new account to the functions.
  const email = `quetzal-${randomUUID()}@canary.example`;
  const user = await world.newUser({
    ...options,
    // By default a token is also the id of its device, and device ids are no secret.
    devices: [],
    profile: { birthDate: BIRTH_DATE, heightCm: HEIGHT_CM, ...profile },
    displayName: NAME,
    email,
  });
  for (const [index, token] of tokens.entries()) {
    const phone = { token, platform: 'ios', updatedAt: Timestamp.now() };
    await db.doc(paths.device(user.uid, `phone-${index}`)).set(phone);
  }
  return { ...user, email, tokens };
}

/** An ID token, as a client that uses plain HTTP gets it. */
export async function idTokenOf({ servers: { auth, stack } }: World, uid: string): Promise<string> {
  const token = await auth.createCustomToken(uid);
  const endpoint = 'identitytoolkit.googleapis.com/v1/accounts:signInWithCustomToken?key=local';
  const answer = await fetch(`http://${stack.auth}/${endpoint}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, returnSecureToken: true }),
  });
  return ((await answer.json()) as { idToken: string }).idToken;
}

/** The data that only the user, the scan's document and the model may have. */
export function canariesOf({ uid, email }: CanaryUser, scanId: string, bucket: string): Canaries {
  const folder = objects.scanFolder(uid, scanId);
  return new Map<string, string>([
    ['Quetzal', 'display name'],
    [email, 'e-mail address'],
    [BIRTH_DATE, 'birth date'],
    [`${HEIGHT_CM}`, 'height'],
    [`${WEIGHT_LB}`, 'weight'],
    [lbToKg(WEIGHT_LB).toFixed(2), 'weight in kg'],
    ['canary-token', 'device token'],
    [bucket + '/scans', 'photo URL'],
    [folder, 'photo path'],
    [encodeURIComponent(folder), 'photo path, encoded'],
    ['X-Goog-Signature', 'signed URL'],
    ['data:image/', 'photo'],
  ]);
}

/** The numbers and sentences of the result. */
export function resultCanaries({ results }: Scan): Canaries {
  const { estimation, insights, nutrition, workout, hydration } = results ?? {};
  const numbers = [
    estimation?.bodyFatPercent,
    estimation?.leanMassLb,
    estimation?.fatMassLb,
    ...Object.values(estimation?.measurements ?? {}).flatMap((measured) =>
      Object.values(measured ?? {}).slice(0, 1),
    ),
    // A whole number may occur anywhere by chance.
  ].filter((number) => !Number.isInteger(number));
  const sentences = [
    ...(estimation?.observations ?? []),
    insights?.summary,
    insights?.nextFocus,
    nutrition?.advice,
    nutrition?.meals[0]?.description,
    workout?.advice,
    hydration?.tips[0],
  ];
  return new Map([
    ...numbers.filter((number) => number !== undefined).map((n) => [`${n}`, `result ${n}`] as const),
    ...sentences.filter((text) => text !== undefined).map((text) => [text, `"${text}"`] as const),
  ]);
}

/** Whether the text holds the value. A number must not be part of a longer one: 24.3 is not found in 124.35. */
function holds(text: string, value: string): boolean {
  if (!/^[\d.]+$/.test(value)) return text.includes(value);
  return new RegExp(`(?<![\\d.])${value.replaceAll('.', '\\.')}(?!\\d)`).test(text);
}

/** Names of the canaries found in each place, without the places that hold none. */
export function found(traces: Traces, canaries: Canaries): Record<string, string[]> {
  const perPlace = Object.entries(traces).map(([place, text]) => {
    const names = [...canaries].filter(([value]) => holds(text, value)).map(([, name]) => name);
    return [place, names] as const;
  });
  return Object.fromEntries(perPlace.filter(([, names]) => names.length > 0));
}

/** Everything that a scan with a workflow left outside its own document. Waits until the workflow has closed. */
export async function tracesOf(
  world: World,
  raw: Awaited<ReturnType<typeof rawEvents>>,
  { uid }: User,
  scanId: string,
): Promise<Traces> {
  const { servers } = world;
  await world.workflowResult(scanId);
  // A scan's events come in order, so all have come when the last one has.
  const last = /"scan\.(completed|rejected|failed|canceled)"/;
  await vi.waitFor(() => expect(raw.about(scanId).some((event) => last.test(event))).toBe(true), 30_000);
  return {
    ...logTraces(inject('instanceDir')),
    ...(await temporalTraces(servers, scanId)),
    ...(await pushTraces(servers, scanId)),
    ...(await recordTraces(world, uid, scanId)),
    'Pub/Sub': raw.about(scanId).join('\n'),
    spans: await spansText(scanId),
  };
}

/** All spans that were exported so far. Waits until the spans of the scan's workflow are among them. */
async function spansText(scanId: string): Promise<string> {
  return vi.waitFor(async () => {
    const spans = await exportedSpans(inject('collector'));
    const ofScan = spans.filter(({ attributes }) => attributes['reddyfit.scan.id'] === scanId);
    expect(ofScan.map(({ name }) => name)).toContain('RunWorkflow:dailyScanWorkflow');
    return spans.map(({ raw }) => raw).join('\n');
  }, 30_000);
}

/** Expects each place to hold the scan's id, which belongs there: this shows that the place was read at all. */
export function expectToNameTheScan(traces: Traces, scanId: string): void {
  for (const place of [
    'firebase.log',
    'Temporal description',
    'push data',
    'audit chain',
    'credit ledger',
    'Pub/Sub',
    'spans',
  ])
    expect(traces[place], place).toContain(scanId);
  expect(traces['Temporal history']!.includes('estimation'), 'Temporal history').toBe(true);
}

/** Expects that a scan whose step always gets this fault from the model leaks nothing. */
export async function expectNoLeakOf(
  fault: Pick<Parameters<User['model']['fault']>[0], 'step' | 'kind'>,
  status: Scan['status'],
  world: World,
  raw: Awaited<ReturnType<typeof rawEvents>>,
): Promise<void> {
  const user = await canaryUser(world, { profile: { pushPreview: 'private' } });
  await user.model.fault({ ...fault, times: 10 });
  const { scanId, seen } = await world.submitScan(user, { weightLb: WEIGHT_LB });
  const scan = await seen.ended;
  expect(scan.status).toBe(status);
  const traces = await tracesOf(world, raw, user, scanId);
  expect(traces['Temporal history']!.includes('applicationFailureInfo'), 'the failure was kept').toBe(true);
  const canaries = new Map([
    ...canariesOf(user, scanId, world.servers.stack.bucket),
    ...resultCanaries(scan),
  ]);
  expect(found(traces, canaries)).toEqual({});
}
