/** The requests and answers when an operator reveals data or acts at the desk, with the operator's reason. */

import { z } from 'zod';
import { GRANT_ID_PATTERN, MAX_GRANT } from '../account/credits.ts';
import { ANGLES } from '../names/angles.ts';
import { SCAN_EVENT_ID_PATTERN } from '../names/ids.ts';
import { OPTIONAL_STEP_NAMES } from '../scan/steps.ts';
import { isoTime } from '../timestamps.ts';
import { WEBHOOK_ENDPOINT_ID_PATTERN } from '../webhooks/endpoints.ts';
import { OPERATOR_ROLES, type OperatorPermission } from './roles.ts';

/** Why an operator looks or acts. A code and not free text, because it is stored in audit chains, which hold no free text. */
export const OPERATOR_REASONS = ['user_asked', 'incident', 'quality', 'abuse', 'legal'] as const;
export type OperatorReason = (typeof OPERATOR_REASONS)[number];

export const why = {
  reason: z.enum(OPERATOR_REASONS),
  /** The id of the ticket, incident or letter that says more. */
  reference: z.string().regex(/^[A-Za-z0-9._#/-]{1,64}$/, 'Letters, digits and . _ # / -, 64 at most.'),
};

/** How long the URL of a revealed photo is valid (s). */
export const REVEALED_FOR_SECONDS = 60;

export const revealRequest = z.strictObject(why);
export type Why = z.infer<typeof revealRequest>;

/** Photos, numbers and texts of one scan. */
export const revealed = z.strictObject({
  weightLb: z.number().nullable(),
  /** The `results` of the scan's document, with times in ISO 8601. */
  results: z.unknown(),
  warnings: z.array(z.string()),
  /** URLs for GET, each valid until `expiresAt`. Deleted photos are absent. */
  photos: z.partialRecord(z.enum(ANGLES), z.url()),
  expiresAt: isoTime,
});
export type Revealed = z.infer<typeof revealed>;

/** Identifies the act. A second request with the same id does nothing more. */
export const actId = z.string().regex(GRANT_ID_PATTERN);

export const scanAct = z.discriminatedUnion('act', [
  /** Runs a failed optional step of a completed scan again. */
  z.strictObject({ act: z.literal('retry_step'), step: z.enum(OPTIONAL_STEP_NAMES), actId, ...why }),
  z.strictObject({ act: z.literal('cancel'), actId, ...why }),
  /**
   * Ends the scan as failed and gives the credit back. A scan whose body fat was already shown is completed with warnings
   * instead.
   */
  z.strictObject({ act: z.literal('fail'), actId, ...why }),
  /** Sends the push about the scan's end to the devices that have not received it. */
  z.strictObject({ act: z.literal('push'), actId, ...why }),
  z.strictObject({
    act: z.literal('webhook'),
    endpointId: z.string().regex(WEBHOOK_ENDPOINT_ID_PATTERN),
    eventId: z.string().regex(SCAN_EVENT_ID_PATTERN),
    actId,
    ...why,
  }),
  /** Gives the credit of a completed scan back, once, so that the user can begin again at no cost. */
  z.strictObject({ act: z.literal('begin_again'), actId, ...why }),
]);
export type ScanAct = z.infer<typeof scanAct>;

/** The answer to an act. `outcome` is one word for its result. */
export const actDone = z.strictObject({
  outcome: z.string(),
  /** When an earlier request with this id did it; this one has done nothing. */
  before: isoTime.optional(),
});
export type ActDone = z.infer<typeof actDone>;

/** Grants credits to a user. `actId` is the grant's id. */
export const grantAct = z.strictObject({ amount: z.number().int().min(1).max(MAX_GRANT), actId, ...why });
export type GrantAct = z.infer<typeof grantAct>;

export const grantDone = z.strictObject({ scanCredits: z.number().int(), granted: z.boolean() });
export type GrantDone = z.infer<typeof grantDone>;

/** The operator who asks, and what they may do. */
export const operatorSelf = z.strictObject({
  uid: z.string(),
  role: z.enum(OPERATOR_ROLES),
  may: z.array(z.custom<OperatorPermission>((value) => typeof value === 'string')),
  /** When the operator has to sign in again. */
  until: isoTime,
  links: z.strictObject({
    /** URL of the namespace's workflows in Temporal's Web UI; null when no Web UI is configured. */
    workflows: z.string().nullable(),
    /** URL of a trace, with `{traceId}` in place of the trace's id; null when none is configured. */
    trace: z.string().nullable(),
  }),
});
export type OperatorSelf = z.infer<typeof operatorSelf>;
