/**
 * The page's only Trusted Types policy, which must exist before any script is requested. It allows scripts and workers
 * of this origin, and those by which Firebase signs in with Google and attests the app. It never allows markup from
 * text. In browsers without Trusted Types this file has no effect.
 */

const FOREIGN = [
  'https://apis.google.com/',
  'https://www.google.com/recaptcha/',
  'https://www.gstatic.com/recaptcha/',
];

interface Policies {
  createPolicy(name: string, rules: { createScriptURL(address: string): string | null }): unknown;
}

/** Makes the policy. Call it once only. */
export function trustScripts(): void {
  const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
  // Browsers apply the policy named `default` wherever an address is given as text, as Firebase does.
  policies?.createPolicy('default', {
    createScriptURL(address) {
      const { href, origin } = new URL(address, location.href);
      const isKnown = origin === location.origin || FOREIGN.some((known) => href.startsWith(known));
      return isKnown ? address : null;
    },
  });
}
