/**
 * The fields that the desk reads of a scan document without a reveal. No other fields are read from the database, and
 * none of these is health data.
 */

import { deskCode } from '@reddyfit/shared/operator/error-codes';
import { type FoundScan, UNREADABLE } from '@reddyfit/shared/operator/find';
import { isTerminal, SCAN_STATUSES } from '@reddyfit/shared/scan/statuses';
import { STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { timestamp } from '@reddyfit/shared/timestamps';
import { CALL_FIELDS } from '../report/scan-facts.ts';
import { documentId } from '../scans/admission/scan-request.ts';
import type { DocumentData, DocumentSnapshot } from 'firebase-admin/firestore';
import { z } from 'zod';

/** The fields for a scan in a list. */
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

/** The fields for a scan's timeline. */
export const TIMELINE_FIELDS = [
  ...FOUND_FIELDS,
  'rev',
  'workflow',
  'traceparent',
  ...STEP_NAMES.flatMap((step) => STEP_FIELDS.map((field) => `steps.${step}.${field}`)),
  ...CALL_FIELDS,
];

/** Collects the names of the fields of one document that cannot be read. */
export function brokenFields() {
  const names: string[] = [];
  return {
    names,
    /**
     * `value` parsed with `schema`. Undefined when the value is absent or cannot be read; the field's name is then
     * collected if the value is there.
     */
    read<Schema extends z.ZodType>(
      name: string,
      schema: Schema,
      value: unknown,
    ): z.output<Schema> | undefined {
      if (value === undefined) return undefined;
      const parsed = schema.safeParse(value);
      if (!parsed.success) names.push(name);
      return parsed.data;
    },
  };
}
export type BrokenFields = ReturnType<typeof brokenFields>;

const text = z.string();

/**
 * A scan in a list, from a document that was read with FOUND_FIELDS. The name of a field that somebody has broken is
 * listed in `broken`; such a field hides neither the scan nor its other fields.
 */
export function foundScanOf(scan: DocumentSnapshot, broken: BrokenFields = brokenFields()): FoundScan {
  const { userId, status, error, createdAt, completedAt, build, simulated } = scan.data() as DocumentData;
  const knownStatus = broken.read('status', z.enum(SCAN_STATUSES), status ?? null);
  const created = broken.read('createdAt', timestamp, createdAt ?? null);
  const completed = broken.read('completedAt', timestamp, completedAt);
  const user = broken.read('userId', documentId, userId ?? null);
  const code = broken.read('error', z.looseObject({ code: text.optional() }), error)?.code;
  const knownBuild = broken.read('build', text, build);
  const ended = knownStatus && isTerminal(knownStatus) && completed;
  return {
    scanId: scan.id,
    userId: user ?? null,
    status: knownStatus ?? UNREADABLE,
    ...(code && { errorCode: deskCode(code) }),
    createdAt: new Date((created ?? scan.createTime!).toMillis()).toISOString(),
    ...(ended && { completedAt: new Date(ended.toMillis()).toISOString() }),
    ...(ended && created && { ms: ended.toMillis() - created.toMillis() }),
    ...(knownBuild && { build: knownBuild }),
    simulated: simulated === true,
    ...(broken.names.length > 0 && { broken: broken.names }),
  };
}
