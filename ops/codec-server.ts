/** The codec server: decrypts payloads for operators who look at them in Temporal's Web UI and CLI, and records each look. */

import { randomUUID } from 'node:crypto';
import { payloadCodec } from '@reddyfit/shared/temporal/payload-codec';
import { readCodecEnv } from './codec-server/codec-env.ts';
import { decodeAudit, type RecordLook } from './codec-server/decode-audit.ts';
import { startDecodeServer } from './codec-server/decode-server.ts';
import { type Admit, anyoneHere, operatorsOf } from './codec-server/operators.ts';
import { log } from '../worker/src/platform/logs.ts';
import { answerHelp } from './usage.ts';

answerHelp(`npm run codec-server

  Shows operators decrypted payloads in Temporal's Web UI and CLI, and records each look.
  Its settings are environment variables: see docs/configuration.md.`);

const { host, port, origins, projectId, namespace, encryption } = readCodecEnv(process.env);

/** Without authentication, on loopback, there is nobody to name and so nothing to record. */
const gate =
  projectId === null ? { admit: anyoneHere, record: async () => {} } : await firebaseGate(projectId);
const { decode } = payloadCodec({ namespace, ...encryption });
const { port: listening, server } = await startDecodeServer({
  host,
  port,
  namespace,
  origins,
  decode,
  ...gate,
});
log('INFO', 'codec_server_started', { host, port: listening, namespace, authenticated: projectId !== null });
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  });
}

async function firebaseGate(project: string): Promise<{ admit: Admit; record: RecordLook }> {
  // Loaded only here, since a server without authentication does not need these modules.
  const [{ openFirebase }, { firestoreAudit }] = await Promise.all([
    import('./own-clients.ts'),
    import('../worker/src/audit/firestore-audit.ts'),
  ]);
  const { auth, db } = openFirebase(project);
  const chains = firestoreAudit(db);
  const now = () => new Date().toISOString();
  return { admit: operatorsOf(auth), record: decodeAudit(chains, randomUUID, now) };
}
