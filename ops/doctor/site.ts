/**
 * What the doctor examines: a running stack, or production by this machine's environment and its application default
 * credentials.
 */

import { readFile } from 'node:fs/promises';
import { Storage } from '@google-cloud/storage';
import { temporalCredentials } from '@reddyfit/shared/temporal/credentials';
import { type TemporalSettings, temporalSettings } from '@reddyfit/shared/temporal/settings';
import { Connection } from '@temporalio/client';
import { defaultBucket } from '@reddyfit/shared/scan/photos';
import { applicationDefault } from 'firebase-admin/app';
import { stackEnvironment } from '../site.ts';
import { type GoogleApis, googleApis } from './google-apis.ts';

export interface Site {
  readonly kind: 'stack' | 'production';
  /** The environment that a worker of this site has. */
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly projectId: string;
  /** The photo bucket. */
  readonly bucket: string;
  readonly storage: Storage;
  readonly temporal: TemporalSettings;
  /** Connects once, for all checks. Rejects when the connection fails. */
  connection(): Promise<Connection>;
  /** Resolves when Google's clients have credentials, or need none. Rejects otherwise. */
  credentials(): Promise<void>;
  /** Null on a stack, which has only emulators. */
  readonly google: GoogleApis | null;
  /** URL of a server whose Date header tells the time. */
  readonly clock: string;
  close(): Promise<void>;
}

/** How long the connection to Temporal may take (ms). */
const CONNECT_MS = 8000;

/** The stack of an instance. Throws when none is running. */
export function stackSite(instance: string): Site {
  const env = stackEnvironment(instance);
  const clock = env['STORAGE_API_ENDPOINT']!;
  return site('stack', env, { google: null, clock, credentials: async () => {} });
}

export interface ProductionOptions {
  /** URLs of servers that replace Google's, by the name of the API. */
  readonly apis?: { readonly rules?: string; readonly firestore?: string; readonly storage?: string };
  /** Default: a token of the application default credentials. */
  readonly accessToken?: () => Promise<string>;
}

/** Production, as a worker with this environment would see it. Throws when the environment names no project. */
export function productionSite(
  env: NodeJS.ProcessEnv,
  { apis = {}, accessToken }: ProductionOptions = {},
): Site {
  if (!env.GOOGLE_CLOUD_PROJECT) throw new Error('GOOGLE_CLOUD_PROJECT is not set: which project is it?');
  const token = accessToken ?? (async () => (await applicationDefault().getAccessToken()).access_token);
  const google = googleApis(token, apis);
  const values = apis.storage ? { ...env, STORAGE_API_ENDPOINT: apis.storage } : env;
  let asking: Promise<void> | undefined;
  const credentials = () => (asking ??= token().then(() => {}));
  return site('production', values, { google, clock: google.rulesAddress, credentials });
}

function site(
  kind: Site['kind'],
  env: NodeJS.ProcessEnv,
  of: Pick<Site, 'google' | 'clock' | 'credentials'>,
): Site {
  const projectId = env.GOOGLE_CLOUD_PROJECT!;
  // The check of the environment reports the problems of these settings.
  const temporal = temporalSettings.safeParse(env).data ?? temporalSettings.parse({});
  const apiEndpoint = env.STORAGE_API_ENDPOINT;
  let connecting: Promise<Connection> | undefined;
  return {
    kind,
    env,
    projectId,
    bucket: env.STORAGE_BUCKET ?? defaultBucket(projectId),
    storage: new Storage({
      projectId,
      retryOptions: { autoRetry: false },
      ...(apiEndpoint && { apiEndpoint }),
    }),
    temporal,
    connection: () => (connecting ??= connect(temporal)),
    ...of,
    async close() {
      await connecting?.then((connection) => connection.close()).catch(() => {});
    },
  };
}

async function connect(settings: TemporalSettings): Promise<Connection> {
  const credentials = await temporalCredentials(settings, (path) => readFile(path));
  return Connection.connect({ address: settings.address, connectTimeout: CONNECT_MS, ...credentials });
}
