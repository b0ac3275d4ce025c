/** Checks that Temporal answers, accepts the configured credentials, and has the namespace. */

import type { Connection } from '@temporalio/client';
import { type Check, type Finding, ok, problem, skipped } from '../check.ts';
import type { Site } from '../site.ts';

export const temporal: Check = {
  name: 'Temporal',
  async run(site) {
    const { address, namespace } = site.temporal;
    let connection: Connection;
    try {
      connection = await site.connection();
    } catch (error) {
      return problem(
        `${address}: ${(error as Error).message}`,
        'See TEMPORAL_ADDRESS, the certificate or key, and whether the network lets it through.',
      );
    }
    const { serverVersion } = await connection.workflowService.getSystemInfo({});
    const begun = performance.now();
    await connection.workflowService.describeNamespace({ namespace });
    const ms = Math.round(performance.now() - begun);
    return ok(`${address}, ${namespace}, server ${serverVersion}, ${ms} ms`);
  },
};

/**
 * Runs a check that asks Temporal, or skips it when Temporal does not answer: only the check of Temporal itself reports that.
 */
export async function askTemporal(
  site: Site,
  ask: (connection: Connection) => Promise<Finding | readonly Finding[]>,
): Promise<Finding | readonly Finding[]> {
  const connection = await site.connection().catch(() => null);
  return connection ? ask(connection) : skipped('Temporal does not answer');
}
