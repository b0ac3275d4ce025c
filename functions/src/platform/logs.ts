/** Every line the functions log: ids and codes, never what a user entered. */

import type { CallErrorCode, ErrorCode } from '@reddyfit/shared/errors';
import { errorName, safeLogFields } from '@reddyfit/shared/log-fields';
import { write } from 'firebase-functions/logger';
import { traceFields } from './tracing.ts';

type Severity = 'INFO' | 'WARNING' | 'ERROR';

/** Writes one line in Cloud Logging's fields, with the trace that it belongs to, where there is one. */
const line =
  (severity: Severity) =>
  (message: string, fields: Readonly<Record<string, unknown>> = {}) =>
    write({ severity, message, time: new Date().toISOString(), ...safeLogFields(fields), ...traceFields() });

const logger = { info: line('INFO'), warn: line('WARNING'), error: line('ERROR') };

export const logs = {
  scanStarted: (scanId: string, redelivered: boolean) => logger.info('scan started', { scanId, redelivered }),
  /** An InternalError is no fault of the user: the account cannot be read, and an operator must act. */
  scanRefused: (scanId: string, code: ErrorCode) =>
    logger[code === 'InternalError' ? 'error' : 'info']('scan refused', { scanId, code }),
  scanLeftAlone: (scanId: string, reason: string) => logger.info('scan left alone', { scanId, reason }),
  startFailed: (scanId: string, error: unknown) =>
    logger.warn('scan not started, waiting for redelivery', { scanId, error: errorName(error) }),
  /** Scans are admitted all the same. They say nothing of a wait or, where builds are not told apart, count the tasks of all builds. */
  queueNotSeen: (error: unknown) => logger.warn('queue of the steps not seen', { error: errorName(error) }),
  /** Each instance logs this once. */
  searchAttributesMissing: () =>
    logger.error('scans start without search attributes, which the Temporal namespace does not know'),
  temporalConnectionDropped: (error: unknown) =>
    logger.warn('Temporal connection dropped', { error: errorName(error) }),
  scanRequested: (scanId: string) => logger.info('scan requested over HTTP', { scanId }),
  apiFailed: (error: unknown) => logger.error('API request failed', { error: errorName(error) }),
  /** `running` is false when there was no workflow to cancel. */
  scanCanceledByWithdrawal: (scanId: string, running: boolean) =>
    logger.info('scan canceled, consent withdrawn', { scanId, running }),
  deviceRegistered: (platform: string) => logger.info('device registered', { platform }),
  deviceUnregistered: (devices: number) => logger.info('device unregistered', { devices }),
  deviceTokenMoved: (devices: number) => logger.info('push token taken from its earlier owner', { devices }),
  devicesPruned: (devices: number) => logger.info('unseen devices dropped', { devices }),
  devicesDropped: (devices: number) => logger.info('surplus devices dropped', { devices }),
  callFailed: (name: string, error: unknown) =>
    logger.error('callable failed', { name, error: errorName(error) }),
  callRefused: (name: string, code: CallErrorCode) => logger.info('call refused', { name, code }),
  scanCanceled: (scanId: string, how: 'before its start' | 'without its workflow' | 'running') =>
    logger.info('scan canceled', { scanId, how }),
  stepRetried: (scanId: string, step: string) => logger.info('step started again', { scanId, step }),
  orphanCanceled: (scanId: string) => logger.warn('workflow of an ended scan canceled', { scanId }),
  photosKept: (scanId: string, error: unknown) =>
    logger.error('photos not deleted', { scanId, error: errorName(error) }),
  /** The sweeper announces the end later. */
  announcementLate: (scanId: string, error: unknown) =>
    logger.warn('end of scan not announced yet', { scanId, error: errorName(error) }),
  deletionRequested: (scanId: string) => logger.info('scan deletion requested', { scanId }),
  accountDeletionRequested: () => logger.info('account deletion requested'),
  /**
   * Firebase Auth knows so few of the users that the functions are more likely asking the wrong Auth. Nothing
   * was deleted.
   */
  signInsMissing: (withoutSignIn: number, users: number) =>
    logger.error('too many users without a sign-in, none deleted', { withoutSignIn, users }),
  sweptSignIns: (counts: Record<string, number>) => logger.info('users without a sign-in swept', counts),
  dataExported: (bytes: number) => logger.info('data exported', { bytes }),
  creditsGranted: (grantId: string, amount: number) => logger.info('credits granted', { grantId, amount }),
  /** Whoever reads logs for alerts is to hear of it: a session that somebody has taken looks like this. */
  operatorLimited: (uid: string, limit: string) =>
    logger.warn('operator at a limit of the desk', { uid, limit }),
  scanSettled: (scanId: string, why: 'its workflow had closed' | 'its time was over') =>
    logger.warn('scan settled', { scanId, why }),
  queuedNotPublished: (scanId: string, error: unknown) =>
    logger.warn('scan.queued left to the workflow', { scanId, error: errorName(error) }),
  /** The fields' names have dots in them, and no value follows. */
  scanUnreadable: (scanId: string, fields: readonly string[]) =>
    logger.warn('scan cannot be read', { scanId, fields: fields.join('/') }),
  sweepTroubled: (id: string, error: unknown) =>
    logger.error('sweep could not help', { id, error: errorName(error) }),
  swept: (counts: Record<string, number | boolean>) => logger.info('swept', counts),
  /** The function drops a message that would be just as unreadable after a redelivery. */
  eventDropped: (messageId: string, reason: 'not a scan event' | 'too large') =>
    logger.error('scan event dropped', { messageId, reason }),
  webhooksStarted: (eventId: string, endpoints: number) =>
    logger.info('webhook deliveries started', { eventId, endpoints }),
  webhooksNotStarted: (eventId: string, error: unknown) =>
    logger.warn('webhook deliveries not started, waiting for redelivery', {
      eventId,
      error: errorName(error),
    }),
  webhookChanged: (endpointId: string, change: 'added' | 'enabled' | 'disabled' | 'secret rotated') =>
    logger.info('webhook endpoint changed', { endpointId, change }),
  uploadPrepared: (scanId: string) => logger.info('scan upload prepared', { scanId }),
};
