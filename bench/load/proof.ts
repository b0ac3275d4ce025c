/** What the servers show about a load run: that nothing happened twice, and how long activities waited. */

import { LEDGER_AMOUNT } from '@reddyfit/shared/account/credits';
import { dailyScanWorkflowId } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import { Client, Connection } from '@temporalio/client';
import type { Firestore } from 'firebase-admin/firestore';
import { localDataConverter } from '../../local/stack/local-codec.ts';
import type { StackFile } from '../../local/stack/stack-file.ts';
import { type Quantiles, quantiles } from './figures.ts';
import type { Planned } from './send.ts';

/** The number of histories that are read for the waits. */
const SAMPLE = 60;

export interface Proof {
  /** How many workflows these scans have, and how many credits were settled for them. */
  readonly workflows: number;
  readonly settled: number;
  /** How long activities waited from scheduling to starting, in a sample of the scans (s). */
  readonly queueWait: Quantiles | null;
  /** The number of events in a history, in the same sample. */
  readonly historyEvents: Quantiles | null;
}

type Time = { seconds?: unknown; nanos?: number | null } | null | undefined;
const secondsOf = (time: Time) => Number(time?.seconds ?? 0) + (time?.nanos ?? 0) / 1e9;

/** Counts and measures. Call it once all scans have ended. */
export async function prove(stack: StackFile, db: Firestore, planned: readonly Planned[]): Promise<Proof> {
  const connection = await Connection.connect({ address: stack.temporal });
  try {
    const client = new Client({
      connection,
      namespace: stack.temporalNamespace,
      // The list decodes memos, so it needs the codec.
      dataConverter: localDataConverter,
    });
    const ids = new Set(planned.map(({ scanId }) => dailyScanWorkflowId(scanId)));
    let workflows = 0;
    for await (const { workflowId } of client.workflow.list({
      query: "WorkflowType = 'dailyScanWorkflow'",
    })) {
      if (ids.has(workflowId)) workflows += 1;
    }

    const [waits, events]: [number[], number[]] = [[], []];
    const distance = Math.max(1, Math.floor(planned.length / SAMPLE));
    for (let index = 0; index < planned.length; index += distance) {
      const handle = client.workflow.getHandle(dailyScanWorkflowId(planned[index]!.scanId));
      const history = (await handle.fetchHistory()).events ?? [];
      events.push(history.length);
      const scheduled = new Map(history.map((event) => [String(event.eventId), secondsOf(event.eventTime)]));
      for (const event of history) {
        const started = event.activityTaskStartedEventAttributes;
        // Later attempts are left out, since they also waited for their backoff.
        if (started?.attempt !== 1) continue;
        waits.push(secondsOf(event.eventTime) - scheduled.get(String(started.scheduledEventId))!);
      }
    }
    return {
      workflows,
      settled: await countSettled(db, planned),
      queueWait: quantiles(waits),
      historyEvents: quantiles(events),
    };
  } finally {
    await connection.close();
  }
}

/** The number of ledger entries that end a reservation. Throws when a balance differs from the sum of its entries. */
async function countSettled(db: Firestore, planned: readonly Planned[]): Promise<number> {
  let settled = 0;
  const scans = new Set(planned.map(({ scanId }) => scanId));
  for (const uid of new Set(planned.map((each) => each.uid))) {
    const [account, ledger] = await Promise.all([
      db.doc(paths.account(uid)).get(),
      db.collection(paths.ledger(uid)).get(),
    ]);
    const sum = ledger.docs.reduce((total, entry) => total + (entry.get('amount') as number), 0);
    if (sum !== account.get('scanCredits'))
      throw new Error(`the ledger of ${uid} does not sum to its balance`);
    settled += ledger.docs.filter((entry) => {
      const { kind, scanId } = entry.data() as { kind: string; scanId?: string };
      return scanId !== undefined && scans.has(scanId) && kind !== 'reserve' && kind in LEDGER_AMOUNT;
    }).length;
  }
  return settled;
}
