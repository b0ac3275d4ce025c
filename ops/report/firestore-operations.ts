/** How many documents a scan reads and writes: counted in the code, by what its document says of its course. */

import type { Activities } from '../../worker/src/scan/activities.ts';
import { type StepName, STEPS } from '@reddyfit/shared/scan/steps';
import type { ScanFacts } from '../../functions/src/report/scan-facts.ts';

export interface Operations {
  readonly reads: number;
  readonly writes: number;
}

/** Earlier scans of a user that a delta reads, of the year before: one every other week. */
export const EARLIER_SCANS = 26;

/** Memories that an estimation recalls at most. */
const MEMORIES = 5;

/** Devices of a user that a push goes to. */
const DEVICES = 1;

/** The client's write, and what it reads itself while it listens: the document as it was, and each write of the server. */
const CLIENT = { reads: 1, writes: 1 };

/**
 * functions/src/scans/admission.ts: scan, audit head, user, consent and account are read; ledger entry, account, scan, two audit entries
 * and their head written. functions/src/scans/begin-scan.ts reads whether new scans are taken, and the scan once more. The rules read nothing.
 */
const ADMISSION = { reads: 7, writes: 6 };

/** What one attempt of a step reads besides the consent, which every step that asks a model reads. Steps write nothing. */
const STEP_READS: Partial<Record<StepName, number>> = { estimation: 1 + MEMORIES, delta: EARLIER_SCANS };

/** One attempt of each of the worker's other activities. */
const ACTIVITY: Readonly<Record<Exclude<keyof Activities, StepName>, Operations>> = {
  // The document, and the head of the chain that a step's outcome goes into. Consent is looked at with a step's result: see OUTCOME.
  updateFirestore: { reads: 2, writes: 1 },
  updateStep: { reads: 2, writes: 1 },
  rememberScan: { reads: 0, writes: 1 },
  // The profile, the devices, the record of what was sent; the record.
  sendNotification: { reads: 2 + DEVICES, writes: 1 },
  publishEvent: { reads: 0, writes: 0 },
  // The head; entry and head.
  auditLog: { reads: 1, writes: 2 },
  hideKeptFaces: { reads: 0, writes: 0 },
  deleteImages: { reads: 0, writes: 0 },
  // Three entries of the ledger and the head of the chain; the new entry, what the account has, audit entry and head.
  refundScanCredit: { reads: 4, writes: 4 },
  commitScanCredit: { reads: 4, writes: 3 },
};

/** A step's outcome in the audit chain, written with the document: entry and head; and the consent. */
const OUTCOME = { reads: 1, writes: 2 };

/** The entries of the workflow's start and end, in the same commits. */
const START_AND_END = { reads: 0, writes: 2 };

/** What becomes of the credit, with the write that decides it: three entries of the ledger are read; entry, audit entry and, given back, account. */
const CREDIT = { spent: { reads: 3, writes: 2 }, back: { reads: 3, writes: 3 } };

/**
 * Operations of a scan that has ended, the listening client's included. Repeated attempts outside of the steps, webhooks and
 * index entries are left out.
 */
export function operationsOf({ status, writes, runId, steps }: ScanFacts): Operations {
  const parts: Operations[] = [CLIENT, { reads: writes, writes: 0 }, ADMISSION];
  const add = (activity: keyof typeof ACTIVITY, times = 1) => {
    const { reads, writes: written } = ACTIVITY[activity];
    parts.push({ reads: reads * times, writes: written * times });
  };
  if (runId !== undefined) {
    for (const { name, asksModel } of STEPS) {
      const step = steps[name];
      if (!step) continue;
      const reads = (asksModel ? 1 : 0) + (STEP_READS[name] ?? 0);
      parts.push({ reads: reads * step.attempt, writes: 0 }, OUTCOME);
    }
    // The first write was the admission's.
    add('updateFirestore', Math.max(0, writes - 1));
    parts.push(START_AND_END, status === 'completed' ? CREDIT.spent : CREDIT.back);
    add('sendNotification');
    if (status === 'completed') add('rememberScan');
  }
  return {
    reads: parts.reduce((sum, part) => sum + part.reads, 0),
    writes: parts.reduce((sum, part) => sum + part.writes, 0),
  };
}
