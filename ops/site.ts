/**
 * Opens the site that an operator's command works on: the stack of an instance, a Firebase project, or what the environment
 * of this process describes. Only this file in ops/ reads stack.json. Commands take their clients from here, except those of
 * the worker's image (own-clients.ts) and the doctor, which make their own.
 */

import { defaultArchiveBucket } from '@reddyfit/shared/audit/archive';
import type { PayloadEncryption } from '@reddyfit/shared/temporal/payload-encryption';
import { temporalSettings } from '@reddyfit/shared/temporal/settings';
import type { Command } from 'commander';
import type { Auth } from 'firebase-admin/auth';
import type { Firestore } from 'firebase-admin/firestore';
import { type TemporalClient, temporalClient } from '../functions/src/platform/temporal-client.ts';
import { DEVELOPMENT_KEYS } from '../local/stack/development-key.ts';
import { defaultInstance, readStack } from '../local/stack/stack-file.ts';
import { outliveReader } from './closed-pipe.ts';
import { openFirebase } from './own-clients.ts';
import { storageArchive } from '../worker/src/archive/storage-archive.ts';
import type { Archive } from '../worker/src/archive/ports.ts';

export { defaultInstance };

/** The values of `--instance` and `--project`. */
export interface Where {
  /** Name of a running stack. */
  readonly instance: string;
  /** A Firebase project instead, reached by application default credentials. */
  readonly project?: string;
}

/**
 * Adds `--instance` and `--project`. `reads` names the environment variables that the command reads when it works on a
 * project.
 */
export function whereOptions(command: Command, reads?: string): Command {
  const project = 'a Firebase project instead of a stack, by application default credentials';
  return (
    command
      // Those of a program may stand after the name of one of its commands, too, so that the help of each shows them.
      .configureHelp({ showGlobalOptions: true })
      .option('--instance <name>', 'which running stack', defaultInstance)
      .option('--project <id>', reads ? `${project}; reads ${reads}` : project)
  );
}

/** Each of these sends a Google client to an emulator, whatever project the client was given. */
const EMULATOR_VARIABLES = [
  'FIRESTORE_EMULATOR_HOST',
  'FIREBASE_AUTH_EMULATOR_HOST',
  'FIREBASE_STORAGE_EMULATOR_HOST',
  'STORAGE_EMULATOR_HOST',
  'PUBSUB_EMULATOR_HOST',
] as const;

export interface Site {
  /** True for a stack of this machine. */
  readonly local: boolean;
  readonly projectId: string;
  /** The environment that a worker of this site has. */
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly db: Firestore;
  readonly auth: Auth;
  /** The bucket of archived histories and anchors. */
  readonly archive: Archive;
  /** Temporal namespace that payloads are bound to. */
  readonly namespace: string;
  /** Temporal, connected at the first call. Null where the environment does not name its address. */
  temporal(encryption: PayloadEncryption): { client: TemporalClient; taskQueue: string } | null;
  close(): Promise<void>;
}

/** Opens the site that the options name, does the work, and closes the site. Throws as openSite does. */
export async function atSite<Result>(where: Where, work: (site: Site) => Promise<Result>): Promise<Result> {
  outliveReader();
  const site = openSite(where);
  try {
    return await work(site);
  } finally {
    await site.close();
  }
}

/**
 * Throws when no stack runs, or when a variable of the environment would send clients elsewhere than to the named project.
 */
export function openSite({ instance, project }: Where): Site {
  if (project !== undefined) refuseEmulators(project);
  const env = project === undefined ? stackEnvironment(instance) : process.env;
  const projectId = project ?? env['GOOGLE_CLOUD_PROJECT']!;
  const { db, auth, close } = openFirebase(projectId);
  let client: TemporalClient | undefined;
  return {
    local: project === undefined,
    projectId,
    env,
    db,
    auth,
    archive: storageArchive({
      bucket: env['ARCHIVE_BUCKET'] || defaultArchiveBucket(projectId),
      apiEndpoint: env['STORAGE_API_ENDPOINT'] || undefined,
    }),
    namespace: env['TEMPORAL_NAMESPACE'] || 'default',
    temporal(encryption) {
      if (!env['TEMPORAL_ADDRESS']) return null;
      const settings = temporalSettings.parse(env);
      client ??= temporalClient(settings, encryption);
      return { client, taskQueue: settings.taskQueue };
    },
    async close() {
      await client?.close();
      await close();
    },
  };
}

function refuseEmulators(project: string): void {
  const astray = EMULATOR_VARIABLES.find((name) => process.env[name]);
  if (astray) throw new Error(`${astray} is set, so this would not reach ${project}: unset it`);
}

/**
 * The environment that a worker of an instance's stack has. Also points the Google clients of this process at the stack.
 * Throws when no stack of the instance runs.
 */
export function stackEnvironment(instance: string): NodeJS.ProcessEnv {
  const stack = readStack(instance);
  const emulators = {
    FIRESTORE_EMULATOR_HOST: stack.firestore,
    FIREBASE_AUTH_EMULATOR_HOST: stack.auth,
    PUBSUB_EMULATOR_HOST: stack.pubsub,
    METADATA_SERVER_DETECTION: 'none',
  };
  // The clients themselves read these variables.
  Object.assign(process.env, emulators);
  return {
    ...emulators,
    GOOGLE_CLOUD_PROJECT: stack.projectId,
    STORAGE_BUCKET: stack.bucket,
    ARCHIVE_BUCKET: stack.archiveBucket,
    STORAGE_API_ENDPOINT: stack.storage,
    FCM_ENDPOINT: stack.fcm,
    OPENAI_BASE_URL: `${stack.model}/v1`,
    OPENAI_API_KEY: 'local',
    TEMPORAL_ADDRESS: stack.temporal,
    TEMPORAL_NAMESPACE: stack.temporalNamespace,
    TEMPORAL_TASK_QUEUE: stack.taskQueue,
    PAYLOAD_ENCRYPTION_KEYS: DEVELOPMENT_KEYS,
  };
}
