/** Opens the database and the deliveries of a running stack or of a Firebase project. */

import { payloadEncryption } from '@reddyfit/shared/temporal/payload-encryption';
import { temporalSettings } from '@reddyfit/shared/temporal/settings';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';
import { type TemporalClient, temporalClient } from '../../functions/src/platform/temporal-client.ts';
import type { Deliveries } from '../../functions/src/webhooks/deliveries.ts';
import { DEVELOPMENT_KEYS } from '../site.ts';
import { readStack } from '../site.ts';

export interface Where {
  /** Name of a running stack. */
  instance: string;
  /** A Firebase project instead. */
  project?: string;
}

interface Webhooks {
  db: Firestore;
  /** Whether endpoints may be on this machine. */
  local: boolean;
  /** Where deliveries are started. Throws when the environment does not say. */
  deliveries(): Deliveries;
  close(): Promise<void>;
}

/** Throws when no stack runs. */
export function openWebhooks({ instance, project }: Where): Webhooks {
  const { projectId, environment } = project
    ? { projectId: project, environment: process.env }
    : localEnvironment(instance);
  const app = initializeApp({ projectId });
  const db = getFirestore(app);
  let temporal: TemporalClient | undefined;
  return {
    db,
    local: project === undefined,
    deliveries() {
      const settings = temporalSettings.parse(environment);
      temporal ??= temporalClient(settings, payloadEncryption.parse(environment));
      return { temporal, taskQueue: settings.taskQueue };
    },
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
  return {
    projectId: stack.projectId,
    environment: {
      TEMPORAL_ADDRESS: stack.temporal,
      TEMPORAL_NAMESPACE: stack.temporalNamespace,
      TEMPORAL_TASK_QUEUE: stack.taskQueue,
      PAYLOAD_ENCRYPTION_KEYS: DEVELOPMENT_KEYS,
    },
  };
}
