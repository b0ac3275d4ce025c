/** Attests to Firebase that requests come from this app, by reCAPTCHA Enterprise. Loads firebase/app-check, so it is imported only where a site has a key. */

import type { FirebaseApp } from 'firebase/app';
import { initializeAppCheck, ReCaptchaEnterpriseProvider } from 'firebase/app-check';

/** Before any other service of the app is opened, so that each sends its token. */
export function attest(app: FirebaseApp, siteKey: string): void {
  const provider = new ReCaptchaEnterpriseProvider(siteKey);
  initializeAppCheck(app, { provider, isTokenAutoRefreshEnabled: true });
}
