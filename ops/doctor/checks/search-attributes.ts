/** Checks that the search attributes of scans exist: without them scans run, but nobody can search for them. */

import { SEARCH_ATTRIBUTES } from '@reddyfit/shared/temporal/search-attributes';
import { type Check, ok, problem } from '../check.ts';
import { askTemporal } from './temporal.ts';

/** The names of the types in Temporal's API and on its command line. */
const TYPES = { KEYWORD: { indexed: 2, cli: 'Keyword' }, BOOL: { indexed: 5, cli: 'Bool' } } as const;

const NEEDED = Object.values(SEARCH_ATTRIBUTES).map(({ name, type }) => ({ name, type: TYPES[type] }));

export const searchAttributes: Check = {
  name: 'search attributes',
  run: (site) =>
    askTemporal(site, async ({ operatorService }) => {
      const { namespace } = site.temporal;
      const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
      const missing = NEEDED.filter(({ name, type }) => Number(customAttributes?.[name]) !== type.indexed);
      if (missing.length === 0) return ok(NEEDED.map(({ name }) => name).join(', '));
      const options = missing.map(({ name, type }) => `--name ${name} --type ${type.cli}`).join(' ');
      return problem(
        `${missing.map(({ name, type }) => `${name} (${type.cli})`).join(', ')} is not there, or of another type`,
        `temporal operator search-attribute create --namespace ${namespace} ${options}`,
      );
    }),
};
