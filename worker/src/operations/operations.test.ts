/** Tests the workflows of the daily operations on the time-skipping server, with activities that record their calls. */

import { randomUUID } from 'node:crypto';
import { Worker } from '@temporalio/worker';
import { describe, expect, it } from 'vitest';
import type { AuditPage, OperationsActivities } from './activities.ts';
import { timeSkipping } from '../trial/time-skipping.ts';

const server = timeSkipping();

/** Runs a workflow to its end. Resolves with its result and whether it took only one run. */
async function run(type: string, activities: Partial<OperationsActivities>) {
  const taskQueue = `operations-${randomUUID()}`;
  const { nativeConnection: connection, client } = server.environment;
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowBundle: server.workflowBundle,
    activities,
  });
  return worker.runUntil(async () => {
    const handle = await client.workflow.start(type, { workflowId: taskQueue, taskQueue });
    const result: unknown = await handle.result();
    const { runId } = await client.workflow.getHandle(taskQueue).describe();
    return { result, oneRun: runId === handle.firstExecutionRunId };
  });
}

describe('archiving', () => {
  /** Archives a span in which every hour has this many pages. */
  async function archiving(span: { from: string; until: string }, pagesAnHour: number) {
    const calls: string[] = [];
    const outcome = await run('archiveHistoriesWorkflow', {
      planArchive: async () => span,
      async archivePage({ from, until, token }) {
        const page = token === null ? 1 : Number(token);
        calls.push(`${from.slice(11, 16)}-${until.slice(11, 16)} page ${page}`);
        return { archived: 2, kept: 1, lost: 0, nextToken: page < pagesAnHour ? `${page + 1}` : null };
      },
      recordArchived: async ({ until }) => void calls.push(`until ${until.slice(11, 16)}`),
      recordArchiveDone: async (counts) => void calls.push(`done ${JSON.stringify(counts)}`),
    });
    return { ...outcome, calls };
  }

  it('goes hour by hour, each to its last page before the watermark passes it', async () => {
    const span = { from: '2026-11-24T10:00:00.000Z', until: '2026-11-24T11:30:00.000Z' };
    const { calls, result, oneRun } = await archiving(span, 2);
    expect(calls).toEqual([
      '10:00-11:00 page 1',
      '10:00-11:00 page 2',
      'until 11:00',
      '11:00-11:30 page 1',
      '11:00-11:30 page 2',
      'until 11:30',
      'done {"archived":8,"kept":4,"lost":0}',
    ]);
    expect(result).toEqual({ archived: 8, kept: 4, lost: 0 });
    expect(oneRun).toBe(true);
  });

  it('goes on in a new run from the page that it came to, and counts all', async () => {
    const span = { from: '2026-11-24T10:00:00.000Z', until: '2026-11-24T12:00:00.000Z' };
    const { calls, result, oneRun } = await archiving(span, 130);
    expect(oneRun).toBe(false);
    const pages = calls.filter((call) => call.includes('page'));
    expect(pages).toHaveLength(260);
    expect(new Set(pages).size, 'no page twice').toBe(260);
    expect(calls.indexOf('until 11:00')).toBe(130);
    expect(result).toEqual({ archived: 520, kept: 260, lost: 0 });
  }, 60_000);

  it('with nothing to archive says that nothing is left', async () => {
    const at = '2026-11-24T10:00:00.000Z';
    expect((await archiving({ from: at, until: at }, 1)).calls).toEqual([
      'done {"archived":0,"kept":0,"lost":0}',
    ]);
  });
});

describe('the verification of the audit chains', () => {
  const plan = { day: '2026-11-25', at: '2026-11-25T03:15:00.000Z', previous: null, anchoring: true };
  const anchored = { chains: 0, entries: 0, broken: 0, faults: [], anchor: 'a', root: 'r' };

  it('goes from page to page, in new runs too, and anchors what all of them found', async () => {
    const PAGES = 110;
    const cursors: unknown[] = [];
    let totals: Parameters<OperationsActivities['anchorAudit']>[0] | undefined;
    const { oneRun } = await run('verifyAuditWorkflow', {
      planVerification: async () => ({ ...plan, firstRoot: 'root-0' }),
      async verifyAuditPage({ page, after, root, day }): Promise<AuditPage> {
        cursors.push({ page, after, root, day });
        const broken = page % 10 === 0 ? 1 : 0;
        const last = page === PAGES ? null : `chain-${page}`;
        return {
          after: last,
          root: `root-${page}`,
          chains: 3,
          entries: 9,
          broken,
          faults: broken ? [`fault-${page}`] : [],
          written: { object: `page-${page}`, sha256: 'x', last },
        };
      },
      async anchorAudit(input) {
        totals = input;
        return anchored;
      },
      verifyBalancesPage: async () => ({ accounts: 0, unbalanced: 0, after: null }),
      recordBalances: async () => undefined,
    });
    expect(oneRun).toBe(false);
    expect(cursors).toHaveLength(PAGES);
    expect(cursors[0]).toEqual({ page: 1, after: null, root: 'root-0', day: plan.day });
    expect(cursors.at(-1)).toEqual({ page: PAGES, after: 'chain-109', root: 'root-109', day: plan.day });
    expect(totals).toMatchObject({ chains: 330, entries: 990, broken: 11, root: `root-${PAGES}` });
    expect(totals!.pages.map(({ object }) => object)).toEqual(cursors.map((_, index) => `page-${index + 1}`));
    expect(totals!.faults).toHaveLength(10);
  }, 60_000);

  it('then holds every account against its ledger, page by page, and states what it found', async () => {
    const asked: (string | null)[] = [];
    const stated: unknown[] = [];
    const { result } = await run('verifyAuditWorkflow', {
      planVerification: async () => ({ ...plan, firstRoot: 'root-0' }),
      verifyAuditPage: async () => ({ ...anchored, after: null, written: null }),
      anchorAudit: async () => anchored,
      async verifyBalancesPage({ after }) {
        asked.push(after);
        return { accounts: 3, unbalanced: after === 'c' ? 1 : 0, after: after === null ? 'c' : null };
      },
      recordBalances: async (found) => void stated.push(found),
    });
    expect(asked).toEqual([null, 'c']);
    expect(stated).toEqual([{ accounts: 6, unbalanced: 1 }]);
    expect(result).toEqual(anchored);
  });
});

describe('the verification that an auditor asks for', () => {
  it('checks one anchor in an activity, goes on in new runs, and counts a broken object once', async () => {
    const names = Array.from({ length: 130 }, (_, index) => `anchor-${130 - index}`);
    const checked: string[][] = [];
    const fault = { object: 'page-7', fault: 'page-7 is no page of an anchor' };
    const { result, oneRun } = await run('checkAuditWorkflow', {
      planAuditCheck: async () => ({
        day: '2026-11-25',
        at: '2026-11-25T03:15:00.000Z',
        objects: names,
        more: false,
      }),
      async checkAnchors({ objects, older }) {
        checked.push([...objects, String(older)]);
        return { checked: objects.length, broken: 0, faults: [], first: null, last: null, whole: null };
      },
      verifyAuditPage: async ({ page }) => ({
        after: page < 3 ? `chain-${page}` : null,
        root: '',
        chains: 3,
        entries: 9,
        broken: 0,
        faults: [],
        written: null,
        brokenObjects: [fault],
      }),
    });
    expect(checked).toEqual(names.map((name, index) => [name, names[index + 1] ?? 'null']));
    expect(oneRun).toBe(false);
    expect(result).toMatchObject({
      anchors: { checked: 130, broken: 1 },
      chains: 9,
      broken: 0,
      faults: [fault.fault],
    });
  }, 60_000);
});
