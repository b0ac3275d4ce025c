/**
 * Judges the fields of a scan's document that an act reads, whether its user, the sweeper or an operator acts. Where somebody
 * has broken one in the console, the act is refused, before it writes a value made of the broken one.
 */

import { photoUrls } from '@reddyfit/shared/scan/document';
import { isTerminal, SCAN_STATUSES, STEP_STATES } from '@reddyfit/shared/scan/statuses';
import { type OptionalStepName, STEP_NAMES, type StepName } from '@reddyfit/shared/scan/steps';
import { timestamp } from '@reddyfit/shared/timestamps';
import { paths } from '@reddyfit/shared/names/paths';
import type { ScanAct } from '@reddyfit/shared/operator/acts';
import type { DocumentData } from 'firebase-admin/firestore';
import { z } from 'zod';
import { CallError } from '../platform/call-error.ts';
import { logs } from '../platform/logs.ts';
import { documentId } from './admission/scan-request.ts';

/** What a field must be: its schema, and the same in words. */
interface Rule {
  schema: z.ZodType;
  is: string;
}

const map: Rule = { schema: z.looseObject({}).optional(), is: 'a map' };
const step: Rule = {
  schema: z
    .looseObject({
      state: z.enum(STEP_STATES),
      attempt: z.number().optional(),
      startedAt: timestamp.optional(),
    })
    .optional(),
  is: `a map whose state is one of ${STEP_STATES.join(', ')}, attempt a number, and startedAt a timestamp`,
};

const STATUS: Rule = { schema: z.enum(SCAN_STATUSES), is: `one of ${SCAN_STATUSES.join(', ')}` };

/** The fields that every act reads. Without the user's id nobody can tell whether the scan is the operator's own. */
const STATE: Record<string, Rule> = {
  userId: { schema: documentId, is: "the uid of the scan's user" },
  status: STATUS,
};

const RESULTS: Record<string, Rule> = { results: map, 'results.estimation': map };

/** The fields that are read to end a scan. Its time is not among them: a scan without a valid one ends all the same. */
const TO_END: Record<string, Rule> = {
  rev: { schema: z.int().optional(), is: 'a whole number' },
  progress: { schema: z.number().optional(), is: 'a number' },
  ...RESULTS,
};

/** The fields that are read to run a step again. */
const TO_RETRY: Record<string, Rule> = {
  createdAt: { schema: timestamp, is: 'a timestamp' },
  photoUrls: { schema: photoUrls, is: 'a map with the address of each photo' },
  weightLb: { schema: z.number(), is: 'a number' },
  ...RESULTS,
};

const stepRules = (names: readonly StepName[]): Record<string, Rule> => ({
  steps: map,
  ...Object.fromEntries(names.map((name) => [`steps.${name}`, step])),
});

interface Act {
  /** `delete` is its user's alone, and reads no more than `push`: the owner and the status. */
  act: ScanAct['act'] | 'delete';
  step?: OptionalStepName | undefined;
}

/** The fields that the act reads beside STATE, of a scan whose status can be read. */
function rulesOf(status: unknown, { act, step: retried }: Act): Record<string, Rule> {
  const hasEnded = isTerminal(z.enum(SCAN_STATUSES).parse(status));
  if ((act === 'cancel' || act === 'fail') && !hasEnded) return { ...TO_END, ...stepRules(STEP_NAMES) };
  if (act === 'retry_step' && status === 'completed') return { ...TO_RETRY, ...stepRules([retried!]) };
  return {};
}

const valueAt = (scan: DocumentData, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (value as DocumentData | undefined)?.[name], scan);

const brokenBy = (scan: DocumentData, rules: Record<string, Rule>): string[] => {
  const names = Object.keys(rules).filter(
    (name) => !rules[name]!.schema.safeParse(valueAt(scan, name)).success,
  );
  // What is below a broken field is not named beside it.
  return names.filter((name) => !names.some((other) => name.startsWith(`${other}.`)));
};

/** Whether the owner or the status of a scan cannot be read, or the step that is to run again. No other field is looked at. */
export const isStateBroken = (scan: DocumentData, { step: retried }: Pick<Act, 'step'>): boolean =>
  brokenBy(scan, { ...STATE, ...(retried && stepRules([retried])) }).length > 0;

/**
 * Throws ScanUnreadableError when a field that the act reads is broken, and logs the fields' names. To an operator
 * (`actor` as in the audit chain) its sentence names the fields and what each must be; a user can put nothing right in the
 * database and hears only that the document cannot be read. Neither quotes anything of the document.
 */
export function refuseBroken(
  scanId: string,
  scan: DocumentData,
  act: Act,
  { actor }: { actor: string },
): void {
  const isStatus = brokenBy(scan, { status: STATUS }).length === 0;
  const rules = { ...STATE, ...(isStatus && rulesOf(scan['status'], act)) };
  const broken = brokenBy(scan, rules);
  if (broken.length === 0) return;
  logs.scanUnreadable(scanId, broken);
  if (!actor.startsWith('operator:')) throw new CallError('ScanUnreadableError');
  const faults = broken.map((name) => `${name} must be ${rules[name]!.is}`).join('; ');
  throw new CallError('ScanUnreadableError', {
    forOperator: `The document ${paths.scan(scanId)} cannot be read: ${faults}. Nothing was done. Put this right in the database, then do it again.`,
  });
}
