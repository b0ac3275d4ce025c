/** How Temporal is reached: the seed's TEMPORAL_* variables, the same in functions and worker, checked together. */

import { z } from 'zod';
import { DEFAULT_TASK_QUEUE } from './ids.ts';

/** An unset variable and an empty one are the same thing. */
const variable = (schema: z.ZodType<string>) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

/**
 * TEMPORAL_ADDRESS `host:port`, TEMPORAL_NAMESPACE, TEMPORAL_TASK_QUEUE, and at most one way to prove who we are: a client
 * certificate (both TEMPORAL_CLIENT_CERT_PATH and TEMPORAL_CLIENT_KEY_PATH) or TEMPORAL_API_KEY.
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
    TEMPORAL_API_KEY: variable(z.string()),
  })
  .superRefine((settings, context) => {
    const { TEMPORAL_CLIENT_CERT_PATH: cert, TEMPORAL_CLIENT_KEY_PATH: key } = settings;
    const problem = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (cert && !key) problem('TEMPORAL_CLIENT_KEY_PATH', 'is required with TEMPORAL_CLIENT_CERT_PATH');
    if (key && !cert) problem('TEMPORAL_CLIENT_CERT_PATH', 'is required with TEMPORAL_CLIENT_KEY_PATH');
    if ((cert || key) && settings.TEMPORAL_API_KEY) {
      problem('TEMPORAL_API_KEY', 'cannot be used together with a client certificate: choose one');
    }
  })
  .transform((settings) => ({
    address: settings.TEMPORAL_ADDRESS ?? 'localhost:7233',
    namespace: settings.TEMPORAL_NAMESPACE ?? 'default',
    taskQueue: settings.TEMPORAL_TASK_QUEUE ?? DEFAULT_TASK_QUEUE,
    clientCertPath: settings.TEMPORAL_CLIENT_CERT_PATH,
    clientKeyPath: settings.TEMPORAL_CLIENT_KEY_PATH,
    apiKey: settings.TEMPORAL_API_KEY,
  }));
export type TemporalSettings = z.infer<typeof temporalSettings>;

/** True for a `host:port` on this machine's loopback. */
export function isLoopback(address: string): boolean {
  return /^(localhost|127\.[0-9.]+|\[::1\]):/.test(address);
}
