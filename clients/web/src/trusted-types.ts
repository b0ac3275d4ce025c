/**
 * The page's one Trusted Types policy, which must be there before any script is asked for. It lets in scripts and workers of this origin, and those by
 * which Firebase signs in with Google and attests the app; markup from text it lets in nowhere. Browsers without Trusted Types go on without.
 */

const FOREIGN = [
  'https://apis.google.com/',
  'https://www.google.com/recaptcha/',
  'https://www.gstatic.com/recaptcha/',
];

interface Policies {
  createPolicy(name: string, rules: { createScriptURL(address: string): string | null }): unknown;
}

/** Makes the policy; once. */
export function trustScripts(): void {
  const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
  // Under this name it is asked wherever an address is given as text, as Firebase gives it.
  policies?.createPolicy('default', {
    createScriptURL(address) {
      const { href, origin } = new URL(address, location.href);
      const isKnown = origin === location.origin || FOREIGN.some((known) => href.startsWith(known));
      return isKnown ? address : null;
    },
  });
}
