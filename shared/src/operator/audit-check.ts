/** A verification of all audit chains and anchors that an auditor starts at the desk, and how far it has come. */

import { z } from 'zod';
import { isoTime } from '../timestamps.ts';

/** The most anchors that one verification checks, the latest: one a day, so a year and a month. */
export const ANCHORS_CHECKED = 400;

/** The most descriptions of faults. The counts count all. */
export const CHECK_FAULTS_SHOWN = 50;

/** What a verification has found so far. */
export const auditCheckFound = z.strictObject({
  startedAt: isoTime,
  anchors: z.strictObject({
    /** How many there are, ANCHORS_CHECKED at most. */
    there: z.number().int(),
    /** True when there are more, which are older and not checked. */
    more: z.boolean(),
    checked: z.number().int(),
    broken: z.number().int(),
    /** The days (YYYY-MM-DD) of the oldest and of the latest anchor that could be read; null before one was. */
    first: z.string().nullable(),
    last: z.string().nullable(),
  }),
  /** The day of the anchor with which the chains are compared: the latest that is whole; null when there is none. */
  heldAgainst: z.string().nullable(),
  chains: z.number().int(),
  entries: z.number().int(),
  broken: z.number().int(),
  /** Names of chains and objects, and what is wrong with them. */
  faults: z.array(z.string()),
});
export type AuditCheckFound = z.infer<typeof auditCheckFound>;

export const auditCheckView = z.strictObject({
  /**
   * `stopped`: somebody ended it in Temporal before its end. `never`: there was none, or Temporal has let it go. `unknown`:
   * Temporal did not answer, so there may be one.
   */
  state: z.enum(['never', 'running', 'done', 'stopped', 'unknown']),
  startedAt: isoTime.nullable(),
  endedAt: isoTime.nullable(),
  /** Null where nothing is known of it. */
  found: auditCheckFound.nullable(),
  /** Sentences about what could not be read. */
  gaps: z.array(z.string()),
});
export type AuditCheckView = z.infer<typeof auditCheckView>;
