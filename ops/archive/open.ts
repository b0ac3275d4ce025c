/** Opens the archive of a running stack or of a Firebase project, and the audit chains beside it. */

import { defaultArchiveBucket } from '@reddyfit/shared/audit/archive';
import { type PayloadEncryption, payloadEncryption } from '@reddyfit/shared/temporal/payload-encryption';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import { firestoreAudit } from '../../worker/src/audit/firestore-audit.ts';
import { firestoreAuditChains } from '../../worker/src/audit/firestore-audit-chains.ts';
import { storageArchive } from '../../worker/src/archive/storage-archive.ts';
import type { Archive, AuditChains, AuditLog } from '../../worker/src/ports.ts';
import { DEVELOPMENT_KEYS } from '../site.ts';
import { readStack } from '../site.ts';

export interface Where {
  /** Name of a running stack. */
  instance: string;
  /** A Firebase project instead. */
  project?: string;
}

export interface OpenedArchive {
  archive: Archive;
  chains: AuditChains;
  log: AuditLog;
  /** Temporal namespace that payloads are bound to. */
  namespace: string;
  /** Keys of the payloads. Throws when the environment has none. */
  encryption(): PayloadEncryption;
  close(): Promise<void>;
}

/** The archive alone. Throws when no stack runs. */
export function archiveOf(where: Where): Archive {
  return storageArchive(placeOf(where));
}

/** Throws when no stack runs. */
export function openArchive(where: Where): OpenedArchive {
  const place = placeOf(where);
  const app = initializeApp({ projectId: place.projectId });
  const db = getFirestore(app);
  return {
    archive: storageArchive(place),
    chains: firestoreAuditChains(db),
    log: firestoreAudit(db),
    namespace: place.namespace,
    encryption: () => payloadEncryption.parse(place.keys),
    async close() {
      await db.terminate();
      await deleteApp(app);
    },
  };
}

function placeOf({ project, instance }: Where) {
  return project === undefined ? localPlace(instance) : projectPlace(project);
}

function projectPlace(projectId: string) {
  if (process.env['FIRESTORE_EMULATOR_HOST']) {
    throw new Error(`FIRESTORE_EMULATOR_HOST is set, so this would not reach ${projectId}: unset it`);
  }
  return {
    projectId,
    bucket: process.env['ARCHIVE_BUCKET'] || defaultArchiveBucket(projectId),
    apiEndpoint: process.env['STORAGE_API_ENDPOINT'] || undefined,
    namespace: process.env['TEMPORAL_NAMESPACE'] || 'default',
    keys: process.env as Record<string, string | undefined>,
  };
}

function localPlace(instance: string) {
  const stack = readStack(instance);
  // Read by the Google clients themselves.
  Object.assign(process.env, {
    FIRESTORE_EMULATOR_HOST: stack.firestore,
    METADATA_SERVER_DETECTION: 'none',
  });
  return {
    projectId: stack.projectId,
    bucket: stack.archiveBucket,
    apiEndpoint: stack.storage,
    namespace: stack.temporalNamespace,
    keys: { PAYLOAD_ENCRYPTION_KEYS: DEVELOPMENT_KEYS } as Record<string, string | undefined>,
  };
}
