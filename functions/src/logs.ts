/** Every line the functions log: ids and codes, never what a user entered. */

import type { ErrorCode } from '@reddyfit/shared/errors';
import * as logger from 'firebase-functions/logger';

export const logs = {
  scanStarted: (scanId: string, redelivered: boolean) => logger.info('scan started', { scanId, redelivered }),
  scanRefused: (scanId: string, code: ErrorCode) => logger.info('scan refused', { scanId, code }),
  scanLeftAlone: (scanId: string, reason: string) => logger.info('scan left alone', { scanId, reason }),
  startFailed: (scanId: string, error: unknown) =>
    logger.warn('scan not started, waiting for redelivery', { scanId, error: nameOf(error) }),
  temporalConnectionDropped: (error: unknown) =>
    logger.warn('Temporal connection dropped', { error: nameOf(error) }),
  /** `running` is false when there was no workflow to cancel. */
  scanCanceledByWithdrawal: (scanId: string, running: boolean) =>
    logger.info('scan canceled, consent withdrawn', { scanId, running }),
  devicesDropped: (devices: number) => logger.info('surplus devices dropped', { devices }),
  uploadPrepared: (scanId: string) => logger.info('scan upload prepared', { scanId }),
};

// Messages of foreign errors may quote a payload; their name and code do not.
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const cause = error.cause instanceof Error ? ` <- ${nameOf(error.cause)}` : '';
  const code = 'code' in error ? ` (${String(error.code)})` : '';
  return `${error.name}${code}${cause}`;
}
