/** How many documents a scan reads and writes: counted in the code, by what its document says of its course. */

import type { Activities } from '../../worker/src/activities/contract.ts';
import type { ScanFacts } from './scan-facts.ts';

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
 * functions/src/admission.ts: scan, audit head, user, consent and account are read; ledger entry, account, scan, audit entry and
 * head written. functions/src/begin-scan.ts reads the scan once more. The rules read nothing.
 */
const ADMISSION = { reads: 6, writes: 5 };

/** One attempt of each activity of the worker. */
const ACTIVITY: Readonly<Record<keyof Activities, Operations>> = {
  // Every step that asks a model reads the consent.
  qualityCheck: { reads: 1, writes: 0 },
  estimation: { reads: 1 + MEMORIES, writes: 0 },
  delta: { reads: EARLIER_SCANS, writes: 0 },
  insights: { reads: 1, writes: 0 },
  nutrition: { reads: 1, writes: 0 },
  workout: { reads: 1, writes: 0 },
  hydration: { reads: 1, writes: 0 },
  updateFirestore: { reads: 1, writes: 1 },
  updateStep: { reads: 1, writes: 1 },
  rememberScan: { reads: 0, writes: 1 },
  // The profile, the devices, the record of what was sent; the record.
  sendNotification: { reads: 2 + DEVICES, writes: 1 },
  publishEvent: { reads: 0, writes: 0 },
  // The head; entry and head.
  auditLog: { reads: 1, writes: 2 },
  deleteImages: { reads: 0, writes: 0 },
  // Three entries of the ledger; the new entry, and what the account has.
  refundScanCredit: { reads: 3, writes: 2 },
  commitScanCredit: { reads: 3, writes: 1 },
};

/**
 * Operations of a scan that has ended, the listening client's included. Repeated attempts outside of the seven steps, webhooks and
 * index entries are left out.
 */
export function operationsOf({ status, writes, runId, steps }: ScanFacts): Operations {
  const parts: Operations[] = [CLIENT, { reads: writes, writes: 0 }, ADMISSION];
  const add = (activity: keyof Activities, times = 1) => {
    const { reads, writes: written } = ACTIVITY[activity];
    parts.push({ reads: reads * times, writes: written * times });
  };
  if (runId !== undefined) {
    for (const [step, { attempt }] of Object.entries(steps)) add(step as keyof Activities, attempt);
    // The first write was the admission's.
    add('updateFirestore', Math.max(0, writes - 1));
    // Start and outcome.
    add('auditLog', 2);
    add('sendNotification');
    if (status === 'completed') {
      add('commitScanCredit');
      add('rememberScan');
    } else {
      add('refundScanCredit');
    }
  }
  return {
    reads: parts.reduce((sum, part) => sum + part.reads, 0),
    writes: parts.reduce((sum, part) => sum + part.writes, 0),
  };
}
