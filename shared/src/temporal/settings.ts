/** How Temporal is reached: the seed's TEMPORAL_* variables, which functions and worker share, checked together. */

import { z } from 'zod';
import { DEFAULT_TASK_QUEUE } from '../names/ids.ts';

/** `host:port` where TEMPORAL_ADDRESS is unset. */
export const DEFAULT_TEMPORAL_ADDRESS = 'localhost:7233';

/** An empty variable counts as unset. */
const variable = (schema: z.ZodType<string>) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

/** Pairs of a certificate and its key. Both of a pair must be set. */
const CERTIFICATES = [
  ['TEMPORAL_CLIENT_CERT_PATH', 'TEMPORAL_CLIENT_KEY_PATH'],
  ['TEMPORAL_CLIENT_CERT', 'TEMPORAL_CLIENT_KEY'],
] as const;

/** One variable for each way to authenticate. At most one of them may be set. */
const PROOFS = [
  'TEMPORAL_CLIENT_CERT_PATH',
  'TEMPORAL_CLIENT_CERT',
  'TEMPORAL_API_KEY_PATH',
  'TEMPORAL_API_KEY',
] as const;

/** A certificate or a key: the path of a file, which can be read again after it was replaced, or the text itself. */
export type Material = { readonly path: string } | { readonly text: string };

/** How a client authenticates to Temporal. */
export type TemporalProof =
  | { readonly kind: 'certificate'; readonly certificate: Material; readonly key: Material }
  | { readonly kind: 'api-key'; readonly key: Material };

/**
 * TEMPORAL_ADDRESS `host:port`, TEMPORAL_NAMESPACE, TEMPORAL_TASK_QUEUE; at most one way to authenticate: a client certificate
 * with its key, as files (TEMPORAL_CLIENT_CERT_PATH, TEMPORAL_CLIENT_KEY_PATH) or as PEM texts (TEMPORAL_CLIENT_CERT,
 * TEMPORAL_CLIENT_KEY), or an API key, in a file (TEMPORAL_API_KEY_PATH) or as text (TEMPORAL_API_KEY); and
 * TEMPORAL_SERVER_CA_PATH, the authority that signed the server's certificate, when it is no public one.
 */
export const temporalSettings = z
  .object({
    TEMPORAL_ADDRESS: variable(
      z.string().regex(/^(\[[0-9a-fA-F:]+\]|[^:/\s]+):\d{1,5}$/, 'must be host:port, without a scheme'),
    ),
    TEMPORAL_NAMESPACE: variable(z.string()),
    TEMPORAL_TASK_QUEUE: variable(z.string()),
    TEMPORAL_CLIENT_CERT_PATH: variable(z.string()),
    TEMPORAL_CLIENT_KEY_PATH: variable(z.string()),
    TEMPORAL_CLIENT_CERT: variable(z.string().includes('-----BEGIN', 'must be a PEM')),
    TEMPORAL_CLIENT_KEY: variable(z.string().includes('-----BEGIN', 'must be a PEM')),
    TEMPORAL_API_KEY: variable(z.string()),
    TEMPORAL_API_KEY_PATH: variable(z.string()),
    TEMPORAL_SERVER_CA_PATH: variable(z.string()),
  })
  .superRefine((settings, context) => {
    const problem = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    for (const [cert, key] of CERTIFICATES) {
      if (settings[cert] && !settings[key]) problem(key, `is required with ${cert}`);
      if (settings[key] && !settings[cert]) problem(cert, `is required with ${key}`);
    }
    const given = PROOFS.filter((name) => settings[name] !== undefined);
    if (given.length > 1) problem(given.at(-1)!, `cannot be used together with ${given[0]}: choose one`);
  })
  .transform((settings) => ({
    address: settings.TEMPORAL_ADDRESS ?? DEFAULT_TEMPORAL_ADDRESS,
    namespace: settings.TEMPORAL_NAMESPACE ?? 'default',
    taskQueue: settings.TEMPORAL_TASK_QUEUE ?? DEFAULT_TASK_QUEUE,
    proof: proofOf(settings),
    /** PEM of the authority that signed the server's certificate; undefined when it is one that the system trusts. */
    serverCa: material(undefined, settings.TEMPORAL_SERVER_CA_PATH),
  }));
export type TemporalSettings = z.infer<typeof temporalSettings>;

type Variable = (typeof CERTIFICATES)[number][number] | (typeof PROOFS)[number];
type Variables = { readonly [Name in Variable]?: string | undefined };

function proofOf(settings: Variables): TemporalProof | undefined {
  const certificate = material(settings.TEMPORAL_CLIENT_CERT, settings.TEMPORAL_CLIENT_CERT_PATH);
  const certificateKey = material(settings.TEMPORAL_CLIENT_KEY, settings.TEMPORAL_CLIENT_KEY_PATH);
  if (certificate && certificateKey) return { kind: 'certificate', certificate, key: certificateKey };
  const key = material(settings.TEMPORAL_API_KEY, settings.TEMPORAL_API_KEY_PATH);
  return key && { kind: 'api-key', key };
}

function material(text: string | undefined, path: string | undefined): Material | undefined {
  if (text !== undefined) return { text };
  return path === undefined ? undefined : { path };
}

/** True for a `host:port` on this machine's loopback. */
export function isLoopback(address: string): boolean {
  return /^(localhost|127\.[0-9.]+|\[::1\]):/.test(address);
}
