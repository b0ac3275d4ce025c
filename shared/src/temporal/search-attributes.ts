/**
 * The search attributes by which scans can be found in Temporal, besides those of every workflow. Temporal stores them
 * unencrypted, so none holds health data.
 */

/**
 * A namespace must have all three. `ScanOutcome` is `running` until the scan has ended, then its terminal status; `AppVersion`
 * is the build of the functions that started the scan; `Simulated` tells that a stand-in model answered.
 */
export const SEARCH_ATTRIBUTES = {
  outcome: { name: 'ScanOutcome', type: 'KEYWORD' },
  appVersion: { name: 'AppVersion', type: 'KEYWORD' },
  simulated: { name: 'Simulated', type: 'BOOL' },
} as const;

/** The names of the types on Temporal's command line. */
const CLI_TYPES = { KEYWORD: 'Keyword', BOOL: 'Bool' } as const;

/** `Name=Type` for each, as `temporal server start-dev --search-attribute` takes it. */
export function searchAttributeOptions(): string[] {
  return Object.values(SEARCH_ATTRIBUTES).map(({ name, type }) => `${name}=${CLI_TYPES[type]}`);
}
