/** The search attributes that workflows set: without them a workflow task fails, and scans stand still. */

import { type Check, ok, problem } from '../check.ts';
import { askTemporal } from './temporal.ts';

/** Temporal's IndexedValueType. */
const TYPES = { Keyword: 2, Bool: 5 } as const;

const NEEDED = [
  { name: 'ScanOutcome', type: 'Keyword' },
  { name: 'AppVersion', type: 'Keyword' },
  { name: 'Simulated', type: 'Bool' },
] as const;

export const searchAttributes: Check = {
  name: 'search attributes',
  run: (site) =>
    askTemporal(site, async ({ operatorService }) => {
      const { namespace } = site.temporal;
      const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
      const missing = NEEDED.filter(({ name, type }) => Number(customAttributes?.[name]) !== TYPES[type]);
      if (missing.length === 0) return ok(NEEDED.map(({ name }) => name).join(', '));
      const options = missing.map(({ name, type }) => `--name ${name} --type ${type}`).join(' ');
      return problem(
        `${missing.map(({ name, type }) => `${name} (${type})`).join(', ')} is not there, or of another type`,
        `temporal operator search-attribute create --namespace ${namespace} ${options}`,
      );
    }),
};
