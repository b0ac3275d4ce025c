/** What scans can be looked for by in Temporal, beside what Temporal knows of every workflow. None is encrypted, so none is health data. */

/**
 * A namespace must know all three. `ScanOutcome` is `running` until the scan has ended as one of its terminal
 * statuses; `AppVersion` is the build of the functions that began it; `Simulated` tells that a stand-in model answered.
 */
export const SEARCH_ATTRIBUTES = {
  outcome: { name: 'ScanOutcome', type: 'KEYWORD' },
  appVersion: { name: 'AppVersion', type: 'KEYWORD' },
  simulated: { name: 'Simulated', type: 'BOOL' },
} as const;

/** How the command line names the types. */
const CLI_TYPES = { KEYWORD: 'Keyword', BOOL: 'Bool' } as const;

/** `Name=Type` for each, as `temporal server start-dev --search-attribute` takes it. */
export function searchAttributeOptions(): string[] {
  return Object.values(SEARCH_ATTRIBUTES).map(({ name, type }) => `${name}=${CLI_TYPES[type]}`);
}
