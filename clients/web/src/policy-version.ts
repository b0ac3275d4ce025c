/** Which text of consent.tsx a user has read: change it with the text, and everyone is asked again. */
export const POLICY_VERSION = '2026-11-29';
