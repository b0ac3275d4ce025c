/** The codec server's environment, read once at start-up and checked as a whole, so that every problem is named at once. */

import { payloadEncryption } from '@reddyfit/shared/temporal/payload-encryption';
import { isLoopback, temporalSettings } from '@reddyfit/shared/temporal/settings';
import { z } from 'zod';

/** An empty variable counts as unset. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const origins = z.string().transform((list, context) =>
  list.split(',').map((entry) => {
    const origin = entry.trim();
    if (!/^https?:\/\/[^/\s]+$/.test(origin))
      context.addIssue('must be origins like https://temporal.example');
    return origin;
  }),
);

const schema = z.object({
  CODEC_SERVER_HOST: optional(z.string()),
  CODEC_SERVER_PORT: z.coerce.number().int().min(0).max(65_535).default(8888),
  CODEC_SERVER_ORIGINS: optional(origins),
  CODEC_SERVER_AUTH: optional(z.enum(['firebase', 'none'], 'must be firebase or none')),
  GOOGLE_CLOUD_PROJECT: optional(z.string()),
  FIREBASE_AUTH_EMULATOR_HOST: optional(z.string()),
});

/**
 * CODEC_SERVER_HOST (default 127.0.0.1) and CODEC_SERVER_PORT (default 8888; 0 takes a free port) are where the server
 * listens. CODEC_SERVER_ORIGINS are the Web UI's origins, separated by commas. CODEC_SERVER_AUTH: `firebase` (default)
 * requires an operator's ID token and GOOGLE_CLOUD_PROJECT; `none` requires nothing and is for loopback only. Temporal's
 * address and the keys are those of the worker. Throws one error that names every problem, and no value of a secret.
 */
export function readCodecEnv(env: NodeJS.ProcessEnv) {
  const parsed = schema.safeParse(env);
  const temporal = temporalSettings.safeParse(env);
  const encryption = payloadEncryption.safeParse(env);
  const problems = [parsed, temporal, encryption]
    .flatMap(({ error }) => error?.issues ?? [])
    .map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  const host = parsed.data?.CODEC_SERVER_HOST ?? '127.0.0.1';
  const near = isLoopback(temporal.data?.address ?? '') && isLoopback(`${host}:`);
  if (encryption.data?.keys.length === 0) problems.push('PAYLOAD_ENCRYPTION_KEYS: is required');
  if (parsed.data?.CODEC_SERVER_AUTH === 'none') {
    if (!near) problems.push('CODEC_SERVER_AUTH: none is for a server and a Temporal on loopback');
  } else {
    if (!parsed.data?.GOOGLE_CLOUD_PROJECT)
      problems.push('GOOGLE_CLOUD_PROJECT: is required to check ID tokens');
    if (parsed.data?.FIREBASE_AUTH_EMULATOR_HOST && !near)
      problems.push('FIREBASE_AUTH_EMULATOR_HOST: takes tokens that nobody signed, so it is for loopback');
  }
  if (problems.length > 0 || !parsed.success || !temporal.success || !encryption.success) {
    const lines = problems.map((problem) => `  ${problem}`).join('\n');
    throw new Error(`The codec server's environment has ${problems.length} problem(s):\n${lines}`);
  }
  const values = parsed.data;
  return {
    host,
    port: values.CODEC_SERVER_PORT,
    origins: values.CODEC_SERVER_ORIGINS ?? [],
    /** Null without authentication. */
    projectId: values.CODEC_SERVER_AUTH === 'none' ? null : values.GOOGLE_CLOUD_PROJECT!,
    namespace: temporal.data.namespace,
    encryption: encryption.data,
  };
}
