/** Checks how long Temporal keeps the history of a closed workflow: the archive must have copied it by then. */

import { type Check, ok, problem, skipped, warning } from '../check.ts';
import { askTemporal } from './temporal.ts';

const DAY_SECONDS = 24 * 3600;

/** The archive copies histories once a day; a weekend on which it fails must not lose one (days). */
const ENOUGH_DAYS = 3;

export const namespaceRetention: Check = {
  name: 'namespace retention',
  run: (site) =>
    askTemporal(site, async ({ workflowService }) => {
      const { namespace } = site.temporal;
      const { config } = await workflowService.describeNamespace({ namespace });
      const days = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) / DAY_SECONDS;
      const seen = days === 1 ? '1 day' : `${days} days`;
      if (site.kind === 'stack') return skipped(`${seen}; a stack's histories end with it`);
      const advice = `temporal operator namespace update --retention ${ENOUGH_DAYS + 4}d ${namespace}`;
      if (days < 1) return problem(seen, advice);
      return days < ENOUGH_DAYS ? warning(seen, advice) : ok(seen);
    }),
};
