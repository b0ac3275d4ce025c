/** The version of the text of consent.tsx. Change it whenever the text changes, so that every user is asked again. */
export const POLICY_VERSION = '2026-11-30.3';
