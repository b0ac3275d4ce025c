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
  /** What became of one message to a user's devices. */
  push: (uid: string, scanId: string, status: string) => `users/${uid}/pushes/${scanId}:${status}`,
  /** What is compared of a user's completed scans (scan/history.ts). */
  scanHistory: (uid: string) => `users/${uid}/summaries/scans`,
  memories: (uid: string) => `users/${uid}/memories`,
  memory: (uid: string, memoryId: string) => `users/${uid}/memories/${memoryId}`,
  accounts: () => 'accounts',
  account: (uid: string) => `accounts/${uid}`,
  ledger: (uid: string) => `accounts/${uid}/ledger`,
  ledgerEntry: (uid: string, entryId: string) => `accounts/${uid}/ledger/${entryId}`,
  /** The upload URLs that were handed out to a user, by scan. */
  uploads: (uid: string) => `accounts/${uid}/uploads`,
  upload: (uid: string, scanId: string) => `accounts/${uid}/uploads/${scanId}`,
  /** Collection group: the uploads of all users. */
  allUploads: () => 'uploads',
  /** State of one rate limit of a user. */
  rateLimit: (uid: string, action: string) => `accounts/${uid}/limits/${action}`,
  /** Head of a scan's audit chain: the last seq and hash. */
  auditLogs: () => 'auditLogs',
  auditLog: (scanId: string) => `auditLogs/${scanId}`,
  auditEntries: (scanId: string) => `auditLogs/${scanId}/entries`,
  auditEntry: (scanId: string, seq: number) => `auditLogs/${scanId}/entries/${seq}`,
  /** Ends of scans whose announcement is not under way yet: see functions' announce-scan. */
  announcements: () => 'announcements',
  announcement: (scanId: string) => `announcements/${scanId}`,
  /** What operators granted on a day (YYYY-MM-DD, UTC). */
  grantsOfDay: (day: string) => `operations/credit_grants/days/${day}`,
  /** Roles at the operator's desk that one operator asked for and another is to confirm. */
  roleRequests: () => 'operations/operator_roles/requests',
  roleRequest: (requestId: string) => `operations/operator_roles/requests/${requestId}`,
  /** What a job has left of itself: `lastSuccessAt`, and what else it tells. */
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
  /** The one export that is kept of a user: the latest. */
  export: (uid: string) => `exports/${uid}/reddyfit-data.json`,
} as const;
