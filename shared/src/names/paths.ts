/** Every path in the database and in the bucket. */

import type { Angle } from './angles.ts';

/** Firestore document and collection paths. */
export const paths = {
  scans: () => 'scans',
  scan: (scanId: string) => `scans/${scanId}`,
  users: () => 'users',
  user: (uid: string) => `users/${uid}`,
  consents: (uid: string) => `users/${uid}/consents`,
  consent: (uid: string, purpose: string) => `users/${uid}/consents/${purpose}`,
  devices: (uid: string) => `users/${uid}/devices`,
  device: (uid: string, deviceId: string) => `users/${uid}/devices/${deviceId}`,
  /** Collection group: the devices of all users. */
  allDevices: () => 'devices',
  pushes: (uid: string) => `users/${uid}/pushes`,
  /** The outcome of one message for each of a user's devices. */
  push: (uid: string, scanId: string, status: string) => `users/${uid}/pushes/${scanId}:${status}`,
  /** The figures by which a user's completed scans are compared (scan/history.ts). */
  scanHistory: (uid: string) => `users/${uid}/summaries/scans`,
  memories: (uid: string) => `users/${uid}/memories`,
  memory: (uid: string, memoryId: string) => `users/${uid}/memories/${memoryId}`,
  accounts: () => 'accounts',
  account: (uid: string) => `accounts/${uid}`,
  ledger: (uid: string) => `accounts/${uid}/ledger`,
  ledgerEntry: (uid: string, entryId: string) => `accounts/${uid}/ledger/${entryId}`,
  /** One document for each scan whose upload URLs were handed out to the user. */
  uploads: (uid: string) => `accounts/${uid}/uploads`,
  upload: (uid: string, scanId: string) => `accounts/${uid}/uploads/${scanId}`,
  /** Collection group: the uploads of all users. */
  allUploads: () => 'uploads',
  /** State of one rate limit of a user. */
  rateLimit: (uid: string, action: string) => `accounts/${uid}/limits/${action}`,
  /** The heads of the audit chains: the last seq, its hash and the recorded keys. */
  auditLogs: () => 'auditLogs',
  auditLog: (scanId: string) => `auditLogs/${scanId}`,
  auditEntries: (scanId: string) => `auditLogs/${scanId}/entries`,
  auditEntry: (scanId: string, seq: number) => `auditLogs/${scanId}/entries/${seq}`,
  /**
   * Scans that ended without a workflow and whose end is not being announced yet: see
   * functions/src/scans/ending/announce-scan.ts.
   */
  announcements: () => 'announcements',
  announcement: (scanId: string) => `announcements/${scanId}`,
  /** How many credits each operator granted on a day (YYYY-MM-DD, UTC). */
  grantsOfDay: (day: string) => `operations/credit_grants/days/${day}`,
  /** Roles at the operator's desk that one operator asked for and another operator has to confirm. */
  roleRequests: () => 'operations/operator_roles/requests',
  roleRequest: (requestId: string) => `operations/operator_roles/requests/${requestId}`,
  /**
   * What a scheduled job recorded about its last run: `lastSuccessAt` and figures of its own; for
   * `admission`, whether new scans are paused.
   */
  operation: (job: string) => `operations/${job}`,
  webhookEndpoints: () => 'webhookEndpoints',
  webhookEndpoint: (endpointId: string) => `webhookEndpoints/${endpointId}`,
  webhookSecrets: (endpointId: string) => `webhookEndpoints/${endpointId}/secrets/signing`,
  webhookDeliveries: (endpointId: string) => `webhookEndpoints/${endpointId}/deliveries`,
  webhookDelivery: (endpointId: string, eventId: string) =>
    `webhookEndpoints/${endpointId}/deliveries/${eventId}`,
  /** What an endpoint has taken of a scan's events at the first request; an event's id has a colon, a scan's has none. */
  scanDeliveries: (endpointId: string, scanId: string) =>
    `webhookEndpoints/${endpointId}/deliveries/${scanId}`,
} as const;

/** Object names in the photo bucket. */
export const objects = {
  userFolder: (uid: string) => `scans/${uid}/`,
  scanFolder: (uid: string, scanId: string) => `scans/${uid}/${scanId}/`,
  photo: (uid: string, scanId: string, angle: Angle) => `scans/${uid}/${scanId}/${angle}.jpg`,
  exportFolder: (uid: string) => `exports/${uid}/`,
  /** A user's latest export; earlier ones are overwritten. */
  export: (uid: string) => `exports/${uid}/reddyfit-data.json`,
} as const;
