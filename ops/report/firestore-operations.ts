/**
 * How many documents a scan reads and writes. The numbers are counted in the source code, for the course of the scan that its
 * document shows.
 */

import type { Activities } from '../../worker/src/scan/activities.ts';
import { type StepName, STEPS } from '@reddyfit/shared/scan/steps';
import type { ScanFacts } from '../../functions/src/report/scan-facts.ts';

export interface Operations {
  readonly reads: number;
  readonly writes: number;
}

/** The user's earlier scans, which are summarized in one document (worker/src/store/firestore-scan-history.ts). */
const HISTORY = 1;

/** The most memories that an estimation recalls. */
const MEMORIES = 5;

/** The number of a user's devices that a push goes to. */
const DEVICES = 1;

/**
 * The client's write, and the read of the document with which it starts to listen. Its reads of the server's later writes are
 * added in operationsOf.
 */
const CLIENT = { reads: 1, writes: 1 };

/**
 * functions/src/scans/admission/admission.ts reads the scan, the audit head, the user, the consent and the account; it writes a ledger
 * entry, the account, the scan, two audit entries and their head. functions/src/scans/begin-scan.ts reads whether new scans
 * are taken, and the scan once more. The security rules read nothing.
 */
const ADMISSION = { reads: 7, writes: 6 };

/**
 * What one attempt of a step reads, without the consent, which every step that asks a model reads, too. Steps write nothing.
 */
const STEP_READS: Partial<Record<StepName, number>> = { estimation: HISTORY + MEMORIES, delta: HISTORY };

/** One attempt of each of the worker's other activities. */
const ACTIVITY: Readonly<Record<Exclude<keyof Activities, StepName>, Operations>> = {
  // OUTCOME counts the read of the consent with a step's result, RECORDED the chain.
  updateFirestore: { reads: 1, writes: 1 },
  updateStep: { reads: 2, writes: 1 },
  rememberScan: { reads: 0, writes: 1 },
  // Reads the profile, the devices and the record of what was sent; writes the record.
  sendNotification: { reads: 2 + DEVICES, writes: 1 },
  publishEvent: { reads: 0, writes: 0 },
  // Reads the head; writes the entry and the head.
  auditLog: { reads: 1, writes: 2 },
  hideKeptFaces: { reads: 0, writes: 0 },
  deleteImages: { reads: 0, writes: 0 },
  // Reads three entries of the ledger and the head of the chain; writes the new entry, the account, the audit entry and the
  // head.
  refundScanCredit: { reads: 4, writes: 4 },
  commitScanCredit: { reads: 4, writes: 3 },
};

/** A step's outcome, written in the document's commit: reads the consent. */
const OUTCOME = { reads: 1, writes: 0 };

/**
 * The audit entries of one commit, for the body fat and the end, with what came before these: reads the head of the chain; writes the
 * head and one document of entries.
 */
const RECORDED = { reads: 1, writes: 2 };

/**
 * The settlement of the credit, in the commit that decides it: the chain's head says where the credit stands. Writes the ledger
 * entry and, when the credit is given back, the account. Its audit entry lies with the others of that commit.
 */
const CREDIT = { spent: { reads: 0, writes: 1 }, back: { reads: 0, writes: 2 } };

/** The summary of a scan that completes, written in its last commit. */
const SUMMARY = { reads: 0, writes: 1 };

/**
 * Operations of a scan that has ended, including those of the listening client. Leaves out repeated attempts of activities
 * other than steps, webhooks and index entries.
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
    // Admission made the first write.
    add('updateFirestore', Math.max(0, writes - 1));
    parts.push(RECORDED, status === 'completed' ? CREDIT.spent : CREDIT.back);
    if (status === 'completed') parts.push(RECORDED);
    add('sendNotification');
    if (status === 'completed') {
      parts.push(SUMMARY);
      add('rememberScan');
    }
  }
  return {
    reads: parts.reduce((sum, part) => sum + part.reads, 0),
    writes: parts.reduce((sum, part) => sum + part.writes, 0),
  };
}
