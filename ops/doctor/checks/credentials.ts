/** Checks the application default credentials, with which Google's clients authenticate. */

import { type Check, type Finding, ok, problem, skipped } from '../check.ts';
import type { Site } from '../site.ts';

export const credentials: Check = {
  name: 'credentials',
  async run(site) {
    if (site.kind === 'stack') return skipped('the emulators ask for none');
    try {
      await site.credentials();
      return ok("Google's servers gave an access token");
    } catch {
      return problem(
        'there are no application default credentials, or they are not good any more',
        'gcloud auth application-default login, or GOOGLE_APPLICATION_CREDENTIALS; to look is enough: roles/viewer',
      );
    }
  },
};

/**
 * Runs a check that asks Google, or skips it without credentials: only the check of the credentials reports their absence.
 */
export async function askGoogle(
  site: Site,
  ask: (site: Site) => Promise<Finding | readonly Finding[]>,
): Promise<Finding | readonly Finding[]> {
  const admitted = await site.credentials().then(
    () => true,
    () => false,
  );
  return admitted ? ask(site) : skipped('no credentials');
}
