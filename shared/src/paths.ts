/** Every path in the database and in the bucket. */

import type { Angle } from './photos.ts';

/** Firestore document and collection paths. */
export const paths = {
  scans: () => 'scans',
  scan: (scanId: string) => `scans/${scanId}`,
  user: (uid: string) => `users/${uid}`,
  consent: (uid: string, purpose: string) => `users/${uid}/consents/${purpose}`,
  devices: (uid: string) => `users/${uid}/devices`,
  device: (uid: string, deviceId: string) => `users/${uid}/devices/${deviceId}`,
  memories: (uid: string) => `users/${uid}/memories`,
  memory: (uid: string, memoryId: string) => `users/${uid}/memories/${memoryId}`,
  account: (uid: string) => `accounts/${uid}`,
  ledger: (uid: string) => `accounts/${uid}/ledger`,
  ledgerEntry: (uid: string, entryId: string) => `accounts/${uid}/ledger/${entryId}`,
  /** Head of a scan's audit chain: the last seq and hash. */
  auditLog: (scanId: string) => `auditLogs/${scanId}`,
  auditEntries: (scanId: string) => `auditLogs/${scanId}/entries`,
  auditEntry: (scanId: string, seq: number) => `auditLogs/${scanId}/entries/${seq}`,
} as const;

/** Object names in the photo bucket. */
export const objects = {
  scanFolder: (uid: string, scanId: string) => `scans/${uid}/${scanId}/`,
  photo: (uid: string, scanId: string, angle: Angle) => `scans/${uid}/${scanId}/${angle}.jpg`,
} as const;
