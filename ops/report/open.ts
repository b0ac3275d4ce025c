/** Opens what a report is made from: the database and Temporal of a running stack, or of a Firebase project. */

import { payloadEncryption } from '@reddyfit/shared/temporal/payload-encryption';
import { temporalSettings } from '@reddyfit/shared/temporal/settings';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';
import { type TemporalClient, temporalClient } from '../../functions/src/platform/temporal-client.ts';
import { readStack } from '../site.ts';

export interface Sources {
  readonly projectId: string;
  readonly db: Firestore;
  /** Null where the environment does not say where Temporal is. */
  readonly temporal: TemporalClient | null;
  close(): Promise<void>;
}

/**
 * `project` by application default credentials, with TEMPORAL_* of the environment; else the stack of the instance. Throws when
 * no stack runs, or when the environment would lead away from the named project.
 */
export function openSources({ instance, project }: { instance: string; project?: string }): Sources {
  if (project && process.env['FIRESTORE_EMULATOR_HOST']) {
    throw new Error(`FIRESTORE_EMULATOR_HOST is set, so this would not reach ${project}: unset it`);
  }
  const { projectId, environment } = project
    ? { projectId: project, environment: process.env }
    : localEnvironment(instance);
  const app = initializeApp({ projectId });
  const db = getFirestore(app);
  // Histories are counted, not read: what their payloads hold stays encrypted.
  const temporal = environment['TEMPORAL_ADDRESS']
    ? temporalClient(
        temporalSettings.parse(environment),
        payloadEncryption.parse({ PAYLOAD_ENCRYPTION: 'off' }),
      )
    : null;
  return {
    projectId,
    db,
    temporal,
    async close() {
      await temporal?.close();
      await db.terminate();
      await deleteApp(app);
    },
  };
}

function localEnvironment(instance: string) {
  const stack = readStack(instance);
  // Read by the Google clients themselves.
  Object.assign(process.env, {
    FIRESTORE_EMULATOR_HOST: stack.firestore,
    METADATA_SERVER_DETECTION: 'none',
  });
  const environment: NodeJS.ProcessEnv = {
    TEMPORAL_ADDRESS: stack.temporal,
    TEMPORAL_NAMESPACE: stack.temporalNamespace,
  };
  return { projectId: stack.projectId, environment };
}
