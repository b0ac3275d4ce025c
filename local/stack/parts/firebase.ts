/** The Firebase emulators: auth, firestore, functions and pubsub, started by firebase-tools. */

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { DEFAULT_TASK_QUEUE } from '@reddyfit/shared/names/ids';
import { logTail } from '../child.ts';
import { writeFirebaseProject } from '../firebase-project.ts';
import { firestoreProgram } from '../firestore-program.ts';
import { loopback } from '../ports.ts';
import { untilReady } from '../ready.ts';
import { signingKeyFile } from '../signing-key.ts';
import { repositoryRoot } from '../../../repository.ts';
import type { Starting } from '../starting.ts';
import { TEMPORAL_NAMESPACE } from './temporal.ts';

/** Modules that change firebase-tools before it starts. */
const LOADED_FIRST = [
  '../quick-auth-emulator.ts',
  '../concurrent-functions.ts',
  '../own-pages.ts',
  '../no-debug-log.ts',
];

const require = createRequire(import.meta.url);

/**
 * Resolves when all emulators are ready and the functions are loaded. The functions must have been built. `functionsParams`
 * are values of params besides the stack's own.
 */
export async function startFirebase(
  starting: Starting,
  functionsParams: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { bucket, dir, logs, ports, projectId, servers, run, signal } = starting;
  const { config, configDir } = writeFirebaseProject({
    dir,
    projectId,
    ports,
    params: {
      TEMPORAL_ADDRESS: loopback(ports.temporal),
      TEMPORAL_NAMESPACE,
      TEMPORAL_TASK_QUEUE: DEFAULT_TASK_QUEUE,
      STORAGE_BUCKET: bucket,
      STORAGE_API_ENDPOINT: `http://${loopback(ports.storage)}`,
      // No server of the stack issues App Check tokens.
      ENFORCE_APP_CHECK: 'false',
      // The accounts of this machine have no phone to which a code could be sent.
      OPERATOR_SECOND_FACTOR: 'false',
      TEMPORAL_UI_URL: `http://${loopback(ports.temporalUi)}`,
      ...functionsParams,
    },
  });
  const seed = join(repositoryRoot, 'emulator-data');
  const args = [
    ...LOADED_FIRST.map((module) => `--import=${new URL(module, import.meta.url).href}`),
    require.resolve('firebase-tools/lib/bin/firebase.js'),
    'emulators:start',
    '--non-interactive',
    `--config=${config}`,
    `--project=${projectId}`,
    '--only=auth,firestore,functions,pubsub',
    ...(existsSync(seed) ? [`--import=${seed}`] : []),
  ];
  const child = await run({
    name: 'firebase',
    command: process.execPath,
    args,
    // The emulators write their logs into their working directory.
    cwd: logs,
    env: {
      ...firestoreProgram(servers.firestore),
      PUBSUB_EMULATOR_BINARY_PATH: servers.pubsub,
      GOOGLE_APPLICATION_CREDENTIALS: signingKeyFile(dir, projectId),
      NO_UPDATE_NOTIFIER: '1',
      // The functions write their list to a file and exit; sending it over HTTP would take 3 s more and could leave a process
      // behind.
      FIREBASE_FUNCTIONS_DISCOVERY_OUTPUT_PATH: configDir,
      // In seconds; the default of 10 is short for two cores that start everything at once. It also limits how long a function's
      // process may take to start, and a request is never answered whose process took longer.
      FUNCTIONS_DISCOVERY_TIMEOUT: '180',
    },
  });
  await untilReady(child, async () => saysReady(readFileSync(child.log, 'utf8'), child.log), signal);
}

/**
 * Whether the log says that the emulators are ready. Throws when it says that functions could not be loaded, since
 * firebase-tools goes on without them.
 */
function saysReady(log: string, path: string): boolean {
  if (/Failed to load function definition|Failed to start Functions emulator/.test(log)) {
    throw new Error(`The functions could not be loaded. The end of the log (${path}):\n${logTail(path)}`);
  }
  return log.includes('All emulators ready!');
}
