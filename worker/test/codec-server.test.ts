import { randomUUID } from 'node:crypto';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { AuditEntry } from '@reddyfit/shared/audit/chain';
import { paths } from '@reddyfit/shared/names/paths';
import { payloadCodec, type Payload, toBase64 } from '@reddyfit/shared/temporal/payload-codec';
import { payloadEncryption } from '@reddyfit/shared/temporal/payload-encryption';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { getAuth } from 'firebase-admin/auth';
import { getFirestore } from 'firebase-admin/firestore';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { DEVELOPMENT_KEYS } from '../../local/stack/development-key.ts';
import { type RunningServer, startAuth } from '../../test/servers.ts';

const PROJECT = 'demo-codec';
const ORIGIN = 'http://127.0.0.1:8233';
const CANARY = 'weight 187.3125 lb';

const codec = payloadCodec({
  namespace: 'default',
  ...payloadEncryption.parse({ PAYLOAD_ENCRYPTION_KEYS: DEVELOPMENT_KEYS }),
});
const inJson = ({ metadata, data }: Payload) => ({
  metadata: Object.fromEntries(
    Object.entries(metadata ?? {}).map(([name, value]) => [name, toBase64(value)]),
  ),
  data: toBase64(data ?? new Uint8Array()),
});

/** Encrypted payloads of a workflow, in the form in which the Web UI sends them. */
async function sealed(workflowId: string, count = 1) {
  const plain = { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(CANARY) };
  const payloads = await codec.encode(
    Array.from({ length: count }, () => plain),
    { workflowId },
  );
  return { payloads: payloads.map(inJson) };
}

/** Starts a codec server in a process of its own. */
async function startCodecServer(env: Record<string, string>) {
  const child: ChildProcess = spawn(
    process.execPath,
    [join(import.meta.dirname, '../../ops/codec-server.ts')],
    {
      env: {
        PATH: process.env['PATH'],
        METADATA_SERVER_DETECTION: 'none',
        PAYLOAD_ENCRYPTION_KEYS: DEVELOPMENT_KEYS,
        CODEC_SERVER_PORT: '0',
        CODEC_SERVER_ORIGINS: ORIGIN,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let port = 0;
  for await (const line of createInterface(child.stdout!)) {
    const entry = JSON.parse(line) as { message: string; port: number };
    if (entry.message !== 'codec_server_started') continue;
    ({ port } = entry);
    break;
  }
  child.stdout!.resume();
  return {
    decode: (body: unknown, headers: Record<string, string> = {}) =>
      fetch(`http://127.0.0.1:${port}/decode`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    preflight: (origin: string) =>
      fetch(`http://127.0.0.1:${port}/decode`, { method: 'OPTIONS', headers: { origin } }),
    async stop() {
      child.kill();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}
type CodecServer = Awaited<ReturnType<typeof startCodecServer>>;

async function texts(answer: Response): Promise<string[]> {
  const { payloads } = (await answer.json()) as { payloads: { data: string }[] };
  return payloads.map(({ data }) => Buffer.from(data, 'base64').toString());
}

describe('the codec server of production', () => {
  let auth: RunningServer;
  let server: CodecServer;
  const app = () => initializeApp({ projectId: PROJECT }, PROJECT);
  let admin: ReturnType<typeof app>;

  beforeAll(async () => {
    auth = await startAuth(PROJECT);
    Object.assign(process.env, {
      FIREBASE_AUTH_EMULATOR_HOST: auth.address,
      FIRESTORE_EMULATOR_HOST: inject('firestore'),
      METADATA_SERVER_DETECTION: 'none',
    });
    admin = app();
    server = await startCodecServer({
      GOOGLE_CLOUD_PROJECT: PROJECT,
      FIREBASE_AUTH_EMULATOR_HOST: auth.address,
      FIRESTORE_EMULATOR_HOST: inject('firestore'),
    });
  });
  afterAll(async () => {
    await server.stop();
    await getFirestore(admin).terminate();
    await deleteApp(admin);
    await auth.stop();
  });

  /** Signs up a user with these claims. Resolves with the headers of a request by that user. */
  async function signedIn(uid: string, claims: object): Promise<Record<string, string>> {
    await getAuth(admin).createUser({ uid });
    await getAuth(admin).setCustomUserClaims(uid, claims);
    const token = await getAuth(admin).createCustomToken(uid);
    const endpoint = 'identitytoolkit.googleapis.com/v1/accounts:signInWithCustomToken?key=local';
    const answer = await fetch(`http://${auth.address}/${endpoint}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, returnSecureToken: true }),
    });
    return { authorization: `Bearer ${((await answer.json()) as { idToken: string }).idToken}` };
  }

  const entries = async (chain: string) => {
    const found = await getFirestore(admin).collection(paths.auditEntries(chain)).orderBy('seq').get();
    return found.docs.map((entry) => entry.data() as AuditEntry);
  };

  it('shows an operator what a workflow holds, and records who looked', async () => {
    const scanId = randomUUID();
    const operator = `operator-${randomUUID()}`;
    const headers = await signedIn(operator, { operator: true });
    const answer = await server.decode(await sealed(`daily-scan-${scanId}`, 3), {
      ...headers,
      origin: ORIGIN,
      'x-namespace': 'default',
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(await texts(answer)).toEqual([CANARY, CANARY, CANARY]);
    expect(await entries(scanId)).toMatchObject([
      {
        seq: 1,
        actor: `operator:${operator}`,
        action: 'payloads_decoded',
        detail: { workflowId: `daily-scan-${scanId}`, payloads: 3 },
      },
    ]);
  });

  it('counts every look of a page that asks for all at once', async () => {
    const scanId = randomUUID();
    const headers = await signedIn(`operator-${randomUUID()}`, { operator: true });
    const body = await sealed(`daily-scan-${scanId}`);
    const answers = await Promise.all(Array.from({ length: 40 }, () => server.decode(body, headers)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const looks = await entries(scanId);
    expect(looks.reduce((sum, { detail }) => sum + Number(detail['payloads']), 0)).toBe(40);
    expect(looks.length).toBeLessThan(40);
  });

  it('shows nobody else anything', async () => {
    const scanId = randomUUID();
    const body = await sealed(`daily-scan-${scanId}`);
    const gone = `operator-${randomUUID()}`;
    const disabled = await signedIn(gone, { operator: true });
    await getAuth(admin).updateUser(gone, { disabled: true });
    const refused: [headers: Record<string, string>, status: number][] = [
      [{}, 401],
      [{ authorization: 'Bearer nonsense' }, 401],
      [disabled, 401],
      [await signedIn(`user-${randomUUID()}`, {}), 403],
      [await signedIn(`user-${randomUUID()}`, { operator: 'yes' }), 403],
    ];
    for (const [headers, status] of refused) {
      const answer = await server.decode(body, headers);
      expect(answer.status).toBe(status);
      expect(await answer.text()).not.toContain('payloads');
    }
    expect(await entries(scanId)).toEqual([]);
  });

  it('answers neither other origins nor other namespaces, nor what is no payload of ours', async () => {
    const headers = await signedIn(`operator-${randomUUID()}`, { operator: true });
    const body = await sealed('daily-scan-s');
    const foreign = { ...body.payloads[0]!, data: toBase64(new Uint8Array(40)) };
    expect((await server.preflight('https://evil.example')).status).toBe(403);
    expect((await server.preflight(ORIGIN)).status).toBe(204);
    for (const [asked, more, status] of [
      [body, { origin: 'https://evil.example' }, 403],
      [body, { 'x-namespace': 'other' }, 403],
      [{ payloads: [foreign] }, {}, 400],
      [{ payloads: 'all' }, {}, 400],
    ] as const) {
      expect((await server.decode(asked, { ...headers, ...more })).status).toBe(status);
    }
  });
});

describe('the codec server of the local stack', () => {
  it('asks nobody who they are, but only on this machine', async () => {
    const server = await startCodecServer({ CODEC_SERVER_AUTH: 'none' });
    try {
      expect(await texts(await server.decode(await sealed('daily-scan-s'), { origin: ORIGIN }))).toEqual([
        CANARY,
      ]);
    } finally {
      await server.stop();
    }
  });
});
