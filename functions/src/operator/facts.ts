/** What the desk reads of a scan document without a reveal: these fields alone leave the database. None is health data. */

import { deskCode } from '@reddyfit/shared/operator/error-codes';
import { type FoundScan, UNREADABLE } from '@reddyfit/shared/operator/find';
import { isTerminal, SCAN_STATUSES } from '@reddyfit/shared/scan/statuses';
import { STEP_NAMES, STEPS } from '@reddyfit/shared/scan/steps';
import { timestamp } from '@reddyfit/shared/timestamps';
import { isDocumentId } from '../scans/scan-request.ts';
import type { DocumentData, DocumentSnapshot } from 'firebase-admin/firestore';
import { z } from 'zod';

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

/** The fields of one document that cannot be read, noted as they are come upon. */
export function brokenFields() {
  const names: string[] = [];
  return {
    names,
    /** `value` as `schema` has it; otherwise undefined, and the field is noted unless it is not there. */
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

/** Paths are made of it. */
export const documentId = text.refine(isDocumentId);

/**
 * A scan in a list, of a document that was read with FOUND_FIELDS. A field that somebody has broken is named, and hides neither the scan nor
 * another.
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
