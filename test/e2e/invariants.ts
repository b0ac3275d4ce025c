/** What must hold for every scan that has ended, in whatever way, as seen from outside. */

import { createHash } from 'node:crypto';
import { LEDGER_AMOUNT, ledgerEntry } from '@reddyfit/shared/account/credits';
import { type AuditAction, type AuditEntry, OUTCOME_ACTIONS } from '@reddyfit/shared/audit/chain';
import { auditFaults } from '@reddyfit/shared/audit/check';
import { creditRecord } from '@reddyfit/shared/audit/credits';
import { type Scan, scan as scanSchema } from '@reddyfit/shared/scan/document';
import {
  canTransition,
  isTerminal,
  SCAN_STATUSES,
  type ScanStatus,
  type TerminalStatus,
} from '@reddyfit/shared/scan/statuses';
import { announceScanWorkflowId, dailyScanWorkflowId } from '@reddyfit/shared/names/ids';
import { expect, vi } from 'vitest';
import { z } from 'zod';
import { withIsoTimes } from '@reddyfit/shared/timestamps';
import type { Observation } from './observation.ts';
import type { Records } from './records.ts';
import type { ScanEvents } from './scan-events.ts';
import { stepRecords } from '@reddyfit/shared/audit/steps';

export interface InvariantOptions {
  /** False for a document whose forged client fields fit no schema. */
  readonly wellFormed?: boolean;
}

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

/** The actions that a scan's own life records in its chain. The user's own acts may stand between them. */
const LIFE_ACTIONS = new Set<AuditAction>([
  'scan_admitted',
  'scan_refused',
  'scan_canceled',
  'daily_scan_workflow_started',
  ...Object.values(OUTCOME_ACTIONS),
]);

/** How long after a refusal photos may still be there (ms). */
const PHOTOS_GO_MS = 10_000;

/** How a scan came to its end: who ended it, and whether it was admitted before. */
interface Course {
  readonly admitted: boolean;
  /**
   * Whether its workflow has ended it. False when a function did: by a refusal, by a cancellation before the start, or by the
   * sweeper.
   */
  readonly byWorkflow: boolean;
}

/** How long Temporal's list of workflows may take to show that one has ended (ms). */
const LISTED_MS = 30_000;

/** How long the announcement of an end may take to arrive (ms). */
const TOLD_MS = 30_000;

/**
 * Waits until a scan's workflow has closed, then expects:
 * - one terminal status, which no other status follows;
 * - on every listener a `rev` that grows, legal transitions, a progress that never falls, and no result that disappears; each
 *   document valid;
 * - one outcome in the ledger (spent when the scan has completed or shown its body fat, otherwise given back), and a balance
 *   that equals the sum of its entries;
 * - no photo left of a scan that did not complete, including a refused one;
 * - a whole audit chain;
 * - its end announced once: by one event, and by one visible push on each device;
 * - one run of the scan's workflow, and no running workflow of any kind about the scan.
 */
export async function expectInvariants(
  records: Records,
  events: ScanEvents,
  scanId: string,
  observations: readonly Observation[],
  { wellFormed = true }: InvariantOptions = {},
): Promise<void> {
  const ended = await records.untilTerminal(scanId);
  const course = await expectAuditChain(records, scanId, ended);
  const { admitted } = course;
  await expectWorkflow(records, scanId, ended, course);
  const scan = await records.document(scanId);
  expect(withIsoTimes(scan), 'nothing follows a terminal status').toEqual(withIsoTimes(ended));

  for (const { snapshots } of observations) {
    expectCourse(snapshots, wellFormed);
    if (snapshots.some(({ status }) => isTerminal(status))) {
      expect(withIsoTimes(snapshots.at(-1)), 'what a listener ended with').toEqual(withIsoTimes(scan));
    }
  }
  if (wellFormed) expectValid(scan);
  await expectLedger(records, scanId, scan, admitted);
  await expectAnnounced(records, events, scanId, scan);
  if (scan.status !== 'completed') {
    // The function that refuses a scan deletes its photos after it has written the refusal.
    await vi.waitFor(async () => {
      const left = await records.photosLeft(scan.userId, scanId);
      expect(left, 'photos of a scan that did not complete').toEqual([]);
    }, PHOTOS_GO_MS);
  }
  if (!admitted) {
    await vi.waitFor(async () => {
      const told = (await records.runs(scanId)).map(({ workflowId }) => workflowId);
      expect(told, 'the end of a refused scan is told').toContain(announceScanWorkflowId(scanId));
    }, LISTED_MS);
  }
  await expectNoOrphan(records, scanId, course);
}

/** The settlement of the credit of a scan with this end. */
const creditOf = ({ status, results }: Scan) =>
  status === 'completed' || results?.estimation ? ('commit' as const) : ('refund' as const);

function expectValid(scan: Scan): void {
  const { error } = scanSchema.safeParse(scan);
  expect(error && z.prettifyError(error), 'the document against its schema').toBeUndefined();
}

/**
 * Checks the snapshots of one listener. A listener may miss a state between two snapshots, but must never see one out of
 * order.
 */
function expectCourse(snapshots: readonly Scan[], wellFormed: boolean): void {
  for (const [index, scan] of snapshots.entries()) {
    if (wellFormed) expectValid(scan);
    const before = snapshots[index - 1];
    if (!before) continue;
    // Before admission there is no `rev`, whoever writes.
    const admitted = scan.rev !== undefined || before.rev !== undefined;
    if (admitted) expect(scan.rev, 'rev after the one before').toBeGreaterThan(before.rev ?? 0);
    expect(scan.progress ?? 0, 'progress').toBeGreaterThanOrEqual(before.progress ?? 0);
    expect(leadsTo(before.status, scan.status), `from ${before.status} to ${scan.status}`).toBe(true);
    expect(withIsoTimes(scan.results ?? {}), 'the results that were seen before').toMatchObject(
      withIsoTimes(before.results ?? {}) as object,
    );
  }
}

/** True when `to` can be reached from `from` by legal transitions. */
function leadsTo(from: ScanStatus, to: ScanStatus): boolean {
  if (canTransition(from, to)) return true;
  return SCAN_STATUSES.some((next) => next !== from && canTransition(from, next) && leadsTo(next, to));
}

/** Checks the audit chain. Resolves with the way in which the scan came to its end. */
async function expectAuditChain(records: Records, scanId: string, scan: Scan): Promise<Course> {
  let chain = await records.auditChain(scanId);
  const admitted = chain.entries[0]?.action === 'scan_admitted';
  const outcome = OUTCOME_ACTIONS[scan.status as TerminalStatus];
  const isEnd = ({ action }: AuditEntry) =>
    LIFE_ACTIONS.has(action) && action !== 'scan_admitted' && action !== 'daily_scan_workflow_started';
  const byWorkflow = chain.entries.find(isEnd)?.actor.startsWith('workflow:') ?? true;
  if (admitted && byWorkflow) {
    await records.workflowResult(scanId);
    chain = await records.auditChain(scanId);
  }
  const { entries, head } = chain;
  const stored = entries.map((data) => ({ id: `${data.seq}`, data }));
  expect(auditFaults({ head, entries: stored }, sha256), 'faults of the audit chain').toEqual([]);
  expect(
    Object.values(head!.keys).toSorted((one, other) => one - other),
    'one key for each entry',
  ).toEqual(entries.map(({ seq }) => seq));
  const life = entries.map(({ action }) => action).filter((action) => LIFE_ACTIONS.has(action));
  if (!admitted) expect(['scan_refused', 'scan_canceled']).toContain(life.join());
  else if (byWorkflow) expect(life).toEqual(['scan_admitted', 'daily_scan_workflow_started', outcome]);
  else {
    // A workflow may have begun nevertheless; then the chain records its start.
    const own = life.filter((action) => action !== 'daily_scan_workflow_started');
    expect(own, 'one end, whoever made it').toHaveLength(2);
    expect(['scan_refused', 'scan_canceled', outcome]).toContain(own[1]);
  }
  expectRecorded(entries, scan, admitted);
  return { admitted, byWorkflow };
}

/** Expects the chain to record the same steps as the document and the same credit movements as the ledger. */
function expectRecorded(entries: readonly AuditEntry[], scan: Scan, admitted: boolean): void {
  const facts = (list: readonly Pick<AuditEntry, 'action' | 'detail'>[]) =>
    list.map(({ action, detail }) => JSON.stringify([action, detail['step'], detail['attempt']])).toSorted();
  const who = { at: '', actor: '' };
  const steps = scan.workflow ? stepRecords(undefined, scan.steps!, who) : [];
  expect(facts(entries.filter(({ action }) => action.startsWith('step_'))), 'recorded steps').toEqual(
    facts(steps),
  );
  const moves = ['reserve', creditOf(scan)] as const;
  expect(
    entries.map(({ action }) => action).filter((action) => action.startsWith('credit_')),
    'recorded credit movements',
  ).toEqual(admitted ? moves.map((kind) => creditRecord(kind, who).action) : []);
}

async function expectWorkflow(
  records: Records,
  scanId: string,
  { status, workflow }: Scan,
  { admitted, byWorkflow }: Course,
): Promise<void> {
  const run = await records.workflow(scanId);
  if (!admitted) {
    expect(run, 'a workflow of a refused scan').toBeNull();
    return;
  }
  // expectNoOrphan checks that the workflow does not go on.
  if (!byWorkflow) return;
  expect(run?.status.name).toBe('COMPLETED');
  expect(workflow, 'the workflow is the only run').toEqual({ id: run?.workflowId, runId: run?.runId });
  expect(await records.workflowResult(scanId)).toEqual({ scanId, status });
}

async function expectLedger(records: Records, scanId: string, scan: Scan, admitted: boolean): Promise<void> {
  const { balance, entries } = await records.ledger(scan.userId);
  for (const entry of entries) ledgerEntry.parse(entry);
  const kinds = entries.filter((entry) => entry.scanId === scanId).map(({ kind, amount }) => [kind, amount]);
  const outcome = creditOf(scan);
  expect(kinds, 'what the scan moved in the ledger').toEqual(
    admitted
      ? [
          ['reserve', LEDGER_AMOUNT.reserve],
          [outcome, LEDGER_AMOUNT[outcome]],
        ]
      : [],
  );
  expect(balance, 'the balance is the sum of the ledger').toBe(
    entries.reduce((sum, { amount }) => sum + amount, 0),
  );
}

/**
 * Expects that the end was announced once: no device shows two pushes, none shows another end, and subscribers got one event
 * of the end, however often it was delivered.
 */
async function expectAnnounced(
  records: Records,
  events: ScanEvents,
  scanId: string,
  { status, userId }: Scan,
): Promise<void> {
  const pushes = await records.visiblePushes(scanId);
  const tokens = pushes.map(({ token }) => token);
  expect(new Set(tokens).size, 'one visible push per device').toBe(tokens.length);
  for (const push of pushes) expect(push.status).toBe(status);
  const told = await records.pushRecords(userId, scanId);
  expect(told, 'ends that devices were told of').toEqual(told.length > 0 ? [status] : []);

  const ends = () =>
    new Set(
      events
        .about(scanId)
        .flatMap(({ id, data }) => (isTerminal(data.status) && !('step' in data) ? [id] : [])),
    );
  await vi.waitFor(() => expect(ends().size, 'the end as an event').toBe(1), TOLD_MS);
  expect(
    [...ends()].filter((id) => id !== `${scanId}:scan.${status}`),
    'other ends as events',
  ).toEqual([]);
}

/** Expects that no workflow about an ended scan still runs, and that the scan's own workflow ran once. */
async function expectNoOrphan(
  records: Records,
  scanId: string,
  { admitted, byWorkflow }: Course,
): Promise<void> {
  await vi.waitFor(async () => {
    const runs = await records.runs(scanId);
    expect(
      runs.filter(({ status }) => status === 'RUNNING'),
      'workflows about a scan that has ended',
    ).toEqual([]);
    const own = runs.filter(({ workflowId }) => workflowId === dailyScanWorkflowId(scanId));
    if (admitted && !byWorkflow) expect(own.length, 'runs of the scan').toBeLessThanOrEqual(1);
    else expect(own, 'runs of the scan').toHaveLength(admitted ? 1 : 0);
  }, LISTED_MS);
}
