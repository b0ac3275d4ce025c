/** What the desk reads of a scan document without a reveal: these fields alone leave the database. None is health data. */

import { deskCode } from '@reddyfit/shared/operator/error-codes';
import type { FoundScan } from '@reddyfit/shared/operator/find';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import { STEP_NAMES, STEPS } from '@reddyfit/shared/scan/steps';
import type { DocumentData } from 'firebase-admin/firestore';

/** Of a scan in a list. */
export const FOUND_FIELDS = [
  'userId',
  'status',
  'error.code',
  'createdAt',
  'completedAt',
  'build',
  'simulated',
];

const STEP_FIELDS = ['state', 'attempt', 'messageCode', 'startedAt', 'completedAt', 'nextRetryAt'];

/** Of a scan's timeline. */
export const TIMELINE_FIELDS = [
  ...FOUND_FIELDS,
  'rev',
  'workflow',
  'traceparent',
  ...STEP_NAMES.flatMap((step) => STEP_FIELDS.map((field) => `steps.${step}.${field}`)),
  ...STEPS.filter(({ asksModel }) => asksModel).map(({ name }) => `results.${name}.modelCall`),
];

/** A scan in a list, of a document that holds FOUND_FIELDS. */
export function foundScanOf(scanId: string, document: DocumentData): FoundScan {
  const { userId, status, error, createdAt, completedAt, build, simulated } = document;
  const ended = isTerminal(status) && completedAt;
  return {
    scanId,
    userId,
    status,
    ...(error?.code && { errorCode: deskCode(error.code) }),
    createdAt: new Date(createdAt.toMillis()).toISOString(),
    ...(ended && {
      completedAt: new Date(completedAt.toMillis()).toISOString(),
      ms: completedAt.toMillis() - createdAt.toMillis(),
    }),
    ...(build && { build }),
    simulated: simulated === true,
  };
}
