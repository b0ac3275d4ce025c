/** The request and the answer of a search for scans at the operator's desk. They hold no health data. */

import { z } from 'zod';
import { DESK_ERROR_CODES } from './error-codes.ts';
import { SCAN_EVENT_ID_PATTERN, SCAN_ID_PATTERN } from '../names/ids.ts';
import { isoTime } from '../timestamps.ts';
import { SCAN_STATUSES } from '../scan/statuses.ts';

/** How many scans a page holds: `usual` when the request states no number, and `most` at most. */
export const FOUND_PER_PAGE = { usual: 50, most: 100 } as const;

/** The fields that identify a scan or a user. A query may contain at most one of these. */
const WHOSE = ['scanId', 'eventId', 'userId', 'email', 'deviceToken'] as const;

/** The fields that cannot be combined with `stuckForSeconds`, which searches all scans that have not ended, oldest first. */
const NOT_WITH_STUCK = ['status', 'errorCode', 'from', 'to', 'build', 'slowerThanSeconds'] as const;

/** The earliest time that a database can hold (ms since 1970): the first moment of the year 1. */
const FIRST_MS = Date.parse('0001-01-01T00:00:00Z');

/** A time that a database can hold. */
const storedTime = isoTime.refine((time) => !(Date.parse(time) < FIRST_MS), 'The year 1 is the first.');

/**
 * A search. It is sent in the body and not in the URL, since URLs are logged, and e-mail addresses and push tokens must not
 * be.
 */
export const findScansRequest = z
  .strictObject({
    scanId: z.string().regex(SCAN_ID_PATTERN).optional(),
    /** Id of a scan's event, as webhooks carry it: `<scanId>:<type>`. */
    eventId: z.string().regex(SCAN_EVENT_ID_PATTERN).optional(),
    userId: z
      .string()
      .regex(/^[^/]{1,128}$/)
      .optional(),
    /** The account's e-mail address. It is looked up in Firebase Auth and stored nowhere. */
    email: z.email().max(320).optional(),
    /** Push token of one of the user's devices. */
    deviceToken: z.string().min(1).max(4096).optional(),
    status: z.enum(SCAN_STATUSES).optional(),
    errorCode: z.enum(DESK_ERROR_CODES).optional(),
    /** Scans created at or after `from` and before `to`. */
    from: storedTime.optional(),
    to: storedTime.optional(),
    /** Scans that were created at least this long ago (s) and have not ended, the oldest first. */
    stuckForSeconds: z.number().int().min(1).max(31_536_000).optional(),
    /** Build of the functions that admitted or refused the scan. */
    build: z
      .string()
      .regex(/^[A-Za-z0-9._+-]{1,64}$/)
      .optional(),
    /** Scans that have ended and took longer than this (s) from creation to end, the slowest first. */
    slowerThanSeconds: z.number().int().min(0).max(31_536_000).optional(),
    cursor: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,4096}$/)
      .optional(),
    limit: z.number().int().min(1).max(FOUND_PER_PAGE.most).default(FOUND_PER_PAGE.usual),
  })
  .superRefine((wanted, { addIssue }) => {
    const { from, to } = wanted;
    if (from !== undefined && to !== undefined && Date.parse(from) >= Date.parse(to))
      addIssue({ code: 'custom', path: ['to'], message: 'It has to be later than `from`.' });
    const named = WHOSE.filter((field) => wanted[field] !== undefined);
    for (const field of named.slice(1))
      addIssue({ code: 'custom', path: [field], message: `Name one of ${WHOSE.join(', ')}.` });
    if (wanted.stuckForSeconds !== undefined) {
      for (const field of NOT_WITH_STUCK)
        if (wanted[field] !== undefined)
          addIssue({ code: 'custom', path: [field], message: 'It does not go with stuckForSeconds.' });
    }
  });
export type FindScansRequest = z.output<typeof findScansRequest>;

/** Stands for a value that is not of the expected form, because somebody has changed it by hand. */
export const UNREADABLE = 'unreadable';

/** One scan that was found. */
export const foundScan = z.strictObject({
  scanId: z.string(),
  /** Null when the document holds no readable user id. */
  userId: z.string().nullable(),
  status: z.enum([...SCAN_STATUSES, UNREADABLE]),
  errorCode: z.string().optional(),
  /**
   * ISO 8601, UTC. When the document's own time cannot be read, this is the time at which the database created the
   * document.
   */
  createdAt: isoTime,
  completedAt: isoTime.optional(),
  /** Time from the scan's creation to its end (ms). */
  ms: z.number().optional(),
  build: z.string().optional(),
  simulated: z.boolean(),
  /** Fields of the document that cannot be read; absent when there are none. */
  broken: z.array(z.string()).optional(),
});
export type FoundScan = z.infer<typeof foundScan>;

/** A page of scans. `cursor` asks for the next page; null when there is none. */
export const findScansResponse = z.strictObject({
  scans: z.array(foundScan),
  cursor: z.string().nullable(),
});
export type FindScansResponse = z.infer<typeof findScansResponse>;
