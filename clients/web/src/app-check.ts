/**
 * Attests to Firebase by reCAPTCHA Enterprise that requests come from this app. Loads firebase/app-check, so it is
 * imported only where a site has a key.
 */

import type { FirebaseApp } from 'firebase/app';
import { initializeAppCheck, ReCaptchaEnterpriseProvider } from 'firebase/app-check';

/** Starts App Check. Call it before any other service of the app is opened, so that each sends the token. */
export function attest(app: FirebaseApp, siteKey: string): void {
  const provider = new ReCaptchaEnterpriseProvider(siteKey);
  initializeAppCheck(app, { provider, isTokenAutoRefreshEnabled: true });
}
