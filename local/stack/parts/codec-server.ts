/** The codec server, which lets the Temporal Web UI show what payloads hold. */

import { join } from 'node:path';
import { DEVELOPMENT_KEYS } from '../development-key.ts';
import { loopback } from '../ports.ts';
import { answersOk, untilReady } from '../ready.ts';
import { repositoryRoot } from '../../../repository.ts';
import type { Starting } from '../starting.ts';
import { TEMPORAL_NAMESPACE } from './temporal.ts';

/** Starts the codec server without authentication and resolves when it answers. */
export async function startCodecServer({ ports, run, signal }: Starting): Promise<void> {
  const child = await run({
    name: 'codec-server',
    command: process.execPath,
    args: [join(repositoryRoot, 'ops/codec-server.ts')],
    env: {
      TEMPORAL_ADDRESS: loopback(ports.temporal),
      TEMPORAL_NAMESPACE,
      PAYLOAD_ENCRYPTION_KEYS: DEVELOPMENT_KEYS,
      CODEC_SERVER_AUTH: 'none',
      CODEC_SERVER_PORT: String(ports.codecServer),
      CODEC_SERVER_ORIGINS: `http://${loopback(ports.temporalUi)},http://localhost:${ports.temporalUi}`,
    },
  });
  await untilReady(child, () => answersOk(`http://${loopback(ports.codecServer)}/healthz`), signal);
}
