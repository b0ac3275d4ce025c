/**
 * The operator's desk by raw HTTP: users of each role, with a second factor and without, and a scan whose health data
 * can be recognized.
 */

import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Storage } from '@google-cloud/storage';
import { objects, paths } from '@reddyfit/shared/names/paths';
import { ANGLES, photoUrlsOf } from '@reddyfit/shared/scan/photos';
import { STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { getAuth } from 'firebase-admin/auth';
import { Timestamp } from 'firebase-admin/firestore';
import { expect, inject } from 'vitest';
import { signingKeyFile } from '../../local/stack/signing-key.ts';
import { apiStage } from './api-stage.ts';
import { scanStage } from './scan-fixture.ts';
import { loadTrigger } from './trigger.ts';

/** Values for the data that only a reveal may show; each value occurs nowhere else. */
export const CANARIES = {
  weightLb: 187.6543,
  bodyFatPercent: 23.4567,
  text: 'canary-of-the-insights',
  warning: 'canary-of-the-warning',
  message: 'canary-of-a-step',
  birthDate: '1983-04-05',
  answer: 'canary-of-the-endpoint',
};

/** Codes that tell by themselves what a profile says of a body, and words of their sentences. */
export const BODY_WORDS = /NoBodyFatError|AgeNotAllowedError|MeasuresImplausibleError|pregnan|years old/i;

/** How long a session lasts (s) on this stage. */
export const SESSION_SECONDS = 600;

export async function deskStage(projectId: string) {
  const folder = await mkdtemp(join(tmpdir(), 'reddyfit-desk-'));
  Object.assign(process.env, {
    GOOGLE_APPLICATION_CREDENTIALS: signingKeyFile(folder, projectId),
    OPERATOR_SECOND_FACTOR: 'true',
    OPERATOR_SESSION_SECONDS: `${SESSION_SECONDS}`,
    OPERATOR_ADDRESSES: '127.0.0.1, 203.0.113.0/24',
  });
  const { db, bucket } = await loadTrigger(projectId, {
    firestore: inject('firestore'),
    temporal: inject('temporal'),
  });
  const api = await apiStage(projectId);
  const auth = getAuth();
  const stage = scanStage(db, bucket);
  const photos = new Storage({ apiEndpoint: `http://${inject('storage')}`, projectId }).bucket(bucket);
  const emulator = `http://${process.env['FIREBASE_AUTH_EMULATOR_HOST']}`;

  async function ask<Answer>(path: string, body?: object): Promise<Answer> {
    const answer = await fetch(`${emulator}/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json', authorization: 'Bearer owner' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Answer;
  }

  /** An ID token of a user who signed in with a password and then with a code sent to a phone. */
  async function signInTwice(email: string, password: string): Promise<string> {
    const toolkit = 'identitytoolkit.googleapis.com';
    const { mfaPendingCredential, mfaInfo } = await ask<{
      mfaPendingCredential: string;
      mfaInfo: { mfaEnrollmentId: string }[];
    }>(`${toolkit}/v1/accounts:signInWithPassword?key=local`, { email, password, returnSecureToken: true });
    const { phoneResponseInfo } = await ask<{ phoneResponseInfo: { sessionInfo: string } }>(
      `${toolkit}/v2/accounts/mfaSignIn:start?key=local`,
      { mfaPendingCredential, mfaEnrollmentId: mfaInfo[0]!.mfaEnrollmentId, phoneSignInInfo: {} },
    );
    const { sessionInfo } = phoneResponseInfo;
    const { verificationCodes } = await ask<{
      verificationCodes: { sessionInfo: string; code: string }[];
    }>(`emulator/v1/projects/${projectId}/verificationCodes`);
    const { code } = verificationCodes.find((sent) => sent.sessionInfo === sessionInfo)!;
    const { idToken } = await ask<{ idToken: string }>(
      `${toolkit}/v2/accounts/mfaSignIn:finalize?key=local`,
      { mfaPendingCredential, phoneVerificationInfo: { sessionInfo, code } },
    );
    return idToken;
  }

  const send = (token: string, method: string, path: string, body?: object, headers: object = {}) =>
    api.send(`/api/operator/v1${path}`, {
      method,
      ...(token && { token }),
      headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });

  let people = 0;
  return {
    ...stage,
    api,
    auth,
    db,
    bucket,
    /** A user with these custom claims, and their token after both factors. */
    async colleague(claims: object) {
      const uid = `colleague-${++people}`;
      const email = `${uid}@reddyfit.example`;
      const password = 'a-password';
      const phoneNumber = `+1555555${1000 + people}`;
      await auth.createUser({
        uid,
        email,
        emailVerified: true,
        password,
        multiFactor: { enrolledFactors: [{ factorId: 'phone', phoneNumber, displayName: 'phone' }] },
      });
      await auth.setCustomUserClaims(uid, claims);
      return { uid, email, token: await signInTwice(email, password) };
    },
    /**
     * The same token, as if its owner had signed in this long ago (s). The emulator does not sign tokens and does not
     * check signatures.
     */
    async agedBy(token: string, seconds: number) {
      const claims = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
      const auth_time = claims.auth_time - seconds;
      await ask(`identitytoolkit.googleapis.com/v1/projects/${projectId}/accounts:update`, {
        localId: claims.sub,
        validSince: '0',
      });
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      return `${part({ alg: 'none', typ: 'JWT' })}.${part({ ...claims, auth_time })}.`;
    },
    /**
     * A completed scan whose nutrition step failed, of a user with an account. Every field that may be health data
     * holds a canary.
     */
    async canaryScan(changes: object = {}) {
      const ids = await stage.person({
        profile: { sex: 'female', birthDate: CANARIES.birthDate, heightCm: 168 },
      });
      const { uid, scanId } = ids;
      const email = `${uid}@reddyfit.example`;
      await auth.createUser({ uid, email });
      const at = Date.now() - 60_000;
      const steps = STEP_NAMES.map((step, index) => [
        step,
        {
          state: step === 'nutrition' ? 'failed' : 'completed',
          attempt: 1,
          message: CANARIES.message,
          params: { value: CANARIES.bodyFatPercent },
          startedAt: Timestamp.fromMillis(at + 2000 + index),
          completedAt: Timestamp.fromMillis(at + 9000 + index),
        },
      ]);
      const modelCall = {
        model: 'gpt-5.2',
        promptVersion: 'p1',
        inputTokens: 1000,
        outputTokens: 200,
        latencyMs: 3000,
        asks: 1,
        simulated: true,
      };
      await db.doc(paths.scan(scanId)).set({
        userId: uid,
        photoUrls: photoUrlsOf(bucket, uid, scanId),
        weightLb: CANARIES.weightLb,
        status: 'completed',
        createdAt: Timestamp.fromMillis(at),
        completedAt: Timestamp.fromMillis(at + 30_000),
        rev: 7,
        progress: 100,
        simulated: true,
        steps: Object.fromEntries(steps),
        results: {
          estimation: { bodyFatPercent: CANARIES.bodyFatPercent, leanMassLb: 140, fatMassLb: 40, modelCall },
          delta: { previous: null, year: null, trend: null },
          insights: { summary: CANARIES.text, modelCall },
        },
        warnings: [CANARIES.warning],
        workflow: { id: `daily-scan-${scanId}`, runId: 'a-run' },
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        ...changes,
      });
      await Promise.all(
        ANGLES.map((angle) => photos.file(objects.photo(uid, scanId, angle)).save(`photo of ${angle}`)),
      );
      return { ...ids, email };
    },
    send,
    /** Resolves with the answer to a colleague's request. It must have status 200 and hold no canary, so no reveal is asked for here. */
    async ask<Answer>(
      { token }: { token: string },
      method: string,
      path: string,
      body?: object,
    ): Promise<Answer> {
      const answer = await send(token, method, path, body);
      const text = await answer.text();
      expect(answer.status, text).toBe(200);
      for (const canary of Object.values(CANARIES)) expect(text).not.toContain(String(canary));
      expect(text).not.toMatch(BODY_WORDS);
      return JSON.parse(text) as Answer;
    },
    async close() {
      await api.close();
      await db.terminate();
    },
  };
}

export type DeskStage = Awaited<ReturnType<typeof deskStage>>;
