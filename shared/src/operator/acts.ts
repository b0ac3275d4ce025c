/** What an operator reveals and does at the desk, and why. */

import { z } from 'zod';
import { GRANT_ID_PATTERN, MAX_GRANT } from '../account/credits.ts';
import { ANGLES } from '../names/angles.ts';
import { OPTIONAL_STEP_NAMES } from '../scan/steps.ts';
import { isoTime } from '../timestamps.ts';
import { WEBHOOK_ENDPOINT_ID_PATTERN } from '../webhooks/endpoints.ts';
import { OPERATOR_ROLES, type OperatorPermission } from './roles.ts';

/** Why an operator looks or acts. A code and no text of their own: it goes to an audit chain, which holds none. */
export const OPERATOR_REASONS = ['user_asked', 'incident', 'quality', 'abuse', 'legal'] as const;
export type OperatorReason = (typeof OPERATOR_REASONS)[number];

export const why = {
  reason: z.enum(OPERATOR_REASONS),
  /** Of the ticket, incident or letter that says more. */
  reference: z.string().regex(/^[A-Za-z0-9._#/-]{1,64}$/, 'Letters, digits and . _ # / -, 64 at most.'),
};

/** How long a URL of a photo that was revealed holds (s). */
export const REVEALED_FOR_SECONDS = 60;

export const revealRequest = z.strictObject(why);
export type Why = z.infer<typeof revealRequest>;

/** Photos, numbers and texts of one scan. */
export const revealed = z.strictObject({
  weightLb: z.number().nullable(),
  /** As the user's listener has them. */
  results: z.unknown(),
  warnings: z.array(z.string()),
  /** GET, each until `expiresAt`; photos that are gone are not there. */
  photos: z.partialRecord(z.enum(ANGLES), z.url()),
  expiresAt: isoTime,
});
export type Revealed = z.infer<typeof revealed>;

/** Names the act: again, nothing more is done. */
export const actId = z.string().regex(GRANT_ID_PATTERN);

export const scanAct = z.discriminatedUnion('act', [
  /** A failed optional step of a completed scan runs again. */
  z.strictObject({ act: z.literal('retry_step'), step: z.enum(OPTIONAL_STEP_NAMES), actId, ...why }),
  z.strictObject({ act: z.literal('cancel'), actId, ...why }),
  /** Ends it as failed, and gives the credit back; completes it with warnings when the body fat was shown. */
  z.strictObject({ act: z.literal('fail'), actId, ...why }),
  /** Sends the message of its end to the devices that have not got it. */
  z.strictObject({ act: z.literal('push'), actId, ...why }),
  z.strictObject({
    act: z.literal('webhook'),
    endpointId: z.string().regex(WEBHOOK_ENDPOINT_ID_PATTERN),
    eventId: z.string().min(1).max(256),
    actId,
    ...why,
  }),
  /** Gives the credit of a completed scan back, once, so that the user begins again at no cost. */
  z.strictObject({ act: z.literal('begin_again'), actId, ...why }),
]);
export type ScanAct = z.infer<typeof scanAct>;
export type ScanActName = ScanAct['act'];

/** `outcome` is a word that says what became of it. */
export const actDone = z.strictObject({ outcome: z.string() });
export type ActDone = z.infer<typeof actDone>;

/** `actId` is the grant's id. */
export const grantAct = z.strictObject({ amount: z.number().int().min(1).max(MAX_GRANT), actId, ...why });
export type GrantAct = z.infer<typeof grantAct>;

export const grantDone = z.strictObject({ scanCredits: z.number().int(), granted: z.boolean() });
export type GrantDone = z.infer<typeof grantDone>;

/** Who asks, and what they may do. */
export const operatorSelf = z.strictObject({
  uid: z.string(),
  role: z.enum(OPERATOR_ROLES),
  may: z.array(z.custom<OperatorPermission>((value) => typeof value === 'string')),
  /** When they have to sign in again. */
  until: isoTime,
  links: z.strictObject({
    /** Workflows of the namespace in Temporal's Web UI; null where there is none. */
    workflows: z.string().nullable(),
    /** A trace, with `{traceId}` in place of its id. */
    trace: z.string().nullable(),
  }),
});
export type OperatorSelf = z.infer<typeof operatorSelf>;
