/** What is asked of a sign-in by which somebody acts as an operator, at the desk and in callables alike. */

import type { DecodedIdToken } from 'firebase-admin/auth';
import { config } from './config.ts';

/** What a sign-in may lack, and the sentence that says what to do. */
export const SIGN_IN_LACKS = {
  'second-factor-missing': 'Sign in with a second factor.',
  'sign-in-too-old': 'You signed in too long ago. Sign in again.',
} as const;

/** An emulator takes a token that lacks any of it. */
type SignIn = Pick<DecodedIdToken, 'auth_time'> & Partial<Pick<DecodedIdToken, 'firebase'>>;

/** Until when the sign-in holds. */
export const signInHoldsUntil = ({ auth_time }: SignIn): Date =>
  new Date((auth_time + config().desk.sessionSeconds) * 1000);

/** What the sign-in lacks; null when it lacks nothing. */
export function lackOfSignIn(signIn: SignIn): keyof typeof SIGN_IN_LACKS | null {
  const hasSecondFactor = typeof signIn.firebase?.sign_in_second_factor === 'string';
  if (config().desk.secondFactor && !hasSecondFactor) return 'second-factor-missing';
  // Not a number where the token states no time.
  return signInHoldsUntil(signIn).getTime() > Date.now() ? null : 'sign-in-too-old';
}
