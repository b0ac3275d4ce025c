/** Which build of the functions this is. */

import manifest from '../../package.json' with { type: 'json' };
import { config } from './config.ts';

/** What APP_VERSION says, or the version of the package. */
export function appVersion(): string {
  return config().appVersion ?? manifest.version;
}
