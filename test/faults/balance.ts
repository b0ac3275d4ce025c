/** The end of the suite: checks every scan that any test has made, and prints what was measured. */

import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import type { LedgerEntry } from '@reddyfit/shared/account/credits';
import { paths } from '@reddyfit/shared/names/paths';
import type { Scan } from '@reddyfit/shared/scan/document';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import type { StackFile } from '../../local/stack/stack-file.ts';
import { openServers } from '../e2e/servers.ts';
import { FIGURES, summary, type Figure } from './figures.ts';

/** `user` matches the ids of test users; `past` matches the ids of their made-up earlier scans, which are left out. */
const OURS = { user: /^user-/, past: /^past-/ };

/**
 * Writes `faults.json` into the instance's folder and prints it. Throws when a scan has not ended, has two outcomes in the
 * ledger, or has a workflow that still runs.
 */
export async function balance(stack: StackFile, instanceDir: string, seed: number): Promise<void> {
  const servers = await openServers(stack);
  try {
    const { docs } = await servers.db.collection(paths.scans()).get();
    const scans = docs
      .map((document) => ({ id: document.id, ...(document.data() as Scan) }))
      .filter(({ id, userId }) => OURS.user.test(userId) && !OURS.past.test(id));
    const ledger = (await servers.db.collectionGroup('ledger').get()).docs
      .map((entry) => entry.data() as LedgerEntry)
      .filter(({ kind }) => kind === 'commit' || kind === 'refund');
    const outcomes = Map.groupBy(ledger, ({ scanId }) => scanId);
    const { count: running } = await servers.temporal.workflow.count(
      `WorkflowType = 'dailyScanWorkflow' AND ExecutionStatus = 'Running'`,
    );

    const result = {
      seed,
      at: new Date().toISOString(),
      cores: cpus().length,
      load: loadavg().map((load) => Math.round(load * 10) / 10),
      minutes: Math.round(process.uptime() / 6) / 10,
      scans: scans.length,
      ended: Object.fromEntries(
        [...Map.groupBy(scans, ({ status }) => status)].map(([status, each]) => [status, each.length]),
      ),
      lost: scans.filter(({ status }) => !isTerminal(status)).length,
      doubled: [...outcomes.values()].filter(({ length }) => length > 1).length,
      workflowsLeft: running,
      figures: summary(instanceDir),
    };
    writeFileSync(join(instanceDir, 'faults.json'), `${JSON.stringify(result, null, 2)}\n`);
    print(result);
    if (result.lost + result.doubled + result.workflowsLeft > 0) {
      throw new Error('the balance does not hold: a scan was lost, doubled, or left a workflow behind');
    }
  } finally {
    await servers.close();
  }
}

function print(result: {
  seed: number;
  minutes: number;
  scans: number;
  lost: number;
  doubled: number;
  figures: ReturnType<typeof summary>;
}): void {
  const { seed, minutes, scans, lost, doubled, figures } = result;
  const rows = Object.entries(figures).map(([name, { count, median, most }]) => {
    const times = name === 'kills' ? '' : ` ×   median ${median}   most ${most}`;
    return `  ${FIGURES[name as Figure].padEnd(68)} ${String(count).padStart(4)}${times}`;
  });
  process.stdout.write(
    [
      `\nFAULTS_SEED=${seed}, ${minutes} min: ${scans} scans, ${lost} lost, ${doubled} doubled`,
      ...rows,
      '',
    ].join('\n'),
  );
}
