/** Looking for scans at the operator's desk: what is asked, and what is found. No health data. */

import { z } from 'zod';
import { DESK_ERROR_CODES } from './error-codes.ts';
import { SCAN_ID_PATTERN } from '../names/ids.ts';
import { isoTime } from '../timestamps.ts';
import { SCAN_STATUSES } from '../scan/statuses.ts';

/** Scans of one page unless asked otherwise, and at most. */
export const FOUND_PER_PAGE = { usual: 50, most: 100 } as const;

/** Who is looked for: a query names one of these at most. */
const WHOSE = ['scanId', 'eventId', 'userId', 'email', 'deviceToken'] as const;

/** Scans that are stuck are looked for among all that have not ended, oldest first. */
const NOT_WITH_STUCK = ['status', 'errorCode', 'from', 'to', 'build', 'slowerThanSeconds'] as const;

/** In the body and not in the URL, since URLs are logged: an e-mail address and a push token are nobody's to keep. */
export const findScansRequest = z
  .strictObject({
    scanId: z.string().regex(SCAN_ID_PATTERN).optional(),
    /** Id of a scan's event, as webhooks carry it: `<scanId>:<type>`. */
    eventId: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,128}:scan\.[a-z.]+(:[A-Za-z]+)?$/)
      .optional(),
    userId: z
      .string()
      .regex(/^[^/]{1,128}$/)
      .optional(),
    /** Of the account; asked of Firebase Auth, and kept nowhere. */
    email: z.email().max(320).optional(),
    /** Push token of a device of the user. */
    deviceToken: z.string().min(1).max(4096).optional(),
    status: z.enum(SCAN_STATUSES).optional(),
    errorCode: z.enum(DESK_ERROR_CODES).optional(),
    /** Created at or after this, and before that. */
    from: isoTime.optional(),
    to: isoTime.optional(),
    /** Not ended, though created so long ago (s): oldest first. */
    stuckForSeconds: z.number().int().min(1).max(31_536_000).optional(),
    /** Build of the functions that admitted it, or refused it. */
    build: z
      .string()
      .regex(/^[A-Za-z0-9._+-]{1,64}$/)
      .optional(),
    /** Ended, and took longer than this (s) from its creation to its end: the slowest first. */
    slowerThanSeconds: z.number().int().min(0).max(31_536_000).optional(),
    cursor: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,4096}$/)
      .optional(),
    limit: z.number().int().min(1).max(FOUND_PER_PAGE.most).default(FOUND_PER_PAGE.usual),
  })
  .superRefine((wanted, { addIssue }) => {
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

/** Stands for a value that is not what it has to be, which somebody has written by hand. */
export const UNREADABLE = 'unreadable';

/** One scan that was found. */
export const foundScan = z.strictObject({
  scanId: z.string(),
  /** Null when the document names none. */
  userId: z.string().nullable(),
  status: z.enum([...SCAN_STATUSES, UNREADABLE]),
  errorCode: z.string().optional(),
  /** ISO 8601, UTC; when the database got the document, where its own time cannot be read. */
  createdAt: isoTime,
  completedAt: isoTime.optional(),
  /** From its creation to its end (ms). */
  ms: z.number().optional(),
  build: z.string().optional(),
  simulated: z.boolean(),
  /** Fields of the document that cannot be read; absent when there are none. */
  broken: z.array(z.string()).optional(),
});
export type FoundScan = z.infer<typeof foundScan>;

/** A page of scans; `cursor` asks for the next one, null when there is none. */
export const findScansResponse = z.strictObject({
  scans: z.array(foundScan),
  cursor: z.string().nullable(),
});
export type FindScansResponse = z.infer<typeof findScansResponse>;
