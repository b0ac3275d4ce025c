import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { SCAN_COURSE } from '@reddyfit/shared/temporal/workflows';
import proto from '@temporalio/proto';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, expect, it } from 'vitest';
import { bundleOnce } from './bundle-once.ts';
import { workflowSources } from '../platform/workflow-bundle.ts';

const FOLDER = join(import.meta.dirname, '../../../fixtures/histories/recorded');
const { resolve } = createRequire(import.meta.url);
const names = readdirSync(FOLDER).map((file) => file.replace('.json.gz', ''));

/** A history that `npm run record-histories` wrote, with `given` added to the workflow's input. */
function recorded(name: string, given: object = {}) {
  const json = gunzipSync(readFileSync(join(FOLDER, `${name}.json.gz`))).toString('utf8');
  const { workflowId, history: plain } = JSON.parse(json) as { workflowId: string; history: object };
  const history = proto.temporal.api.history.v1.History.fromObject(plain);
  const [input] = history.events[0]!.workflowExecutionStartedEventAttributes!.input!.payloads!;
  const facts = JSON.parse(Buffer.from(input!.data!).toString('utf8')) as object;
  input!.data = Buffer.from(JSON.stringify({ ...facts, ...given }));
  return { workflowId, history };
}

const bundle = (...interceptors: string[]) => bundleOnce(workflowSources(interceptors));

/** Replays histories against a bundle. Resolves with name → the name of the replay's error. */
async function replayed(workflowBundle: { code: string }, which: readonly string[], given?: object) {
  const histories = which.map((name) => recorded(name, given));
  const results = Worker.runReplayHistories({ workflowBundle }, histories);
  const errors: Record<string, string | undefined> = {};
  for await (const { workflowId, error } of results) {
    const index = histories.findIndex((history) => history.workflowId === workflowId);
    errors[which[index]!] = error?.name;
  }
  return errors;
}

/** The histories of whole scans. The others are of a retried step and of a deletion. */
const scans = names.filter((name) => !/^(?:earlier-\d-)?(?:step-run-again|scan-deleted)/.test(name));

/** An object with the same value for each name. */
const each = (which: readonly string[], value: string | undefined) =>
  Object.fromEntries(which.map((name) => [name, value]));

beforeAll(() => {
  // Core would log the mismatch that a test below provokes.
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: 'OFF', forward: {} } },
  });
});

it('every way in which a scan can go was recorded', () => {
  expect(names).toEqual(
    expect.arrayContaining([
      'canceled',
      'canceled-after-result',
      'completed',
      // Scans that began before there was a time limit, and that settled before their last write.
      ...[
        'canceled',
        'completed',
        'degraded',
        'failed-at-estimation',
        'failed-at-quality-check',
        'rejected',
        'retried',
        'traced',
        'worker-killed',
      ].flatMap((name) => [
        `earlier-${name}`,
        // Scans that began before their writes carried events and the audit entry of their start.
        `earlier-2-${name}`,
        // Scans that showed a body fat before the change since the last scan.
        `earlier-3-${name}`,
      ]),
      // Scans with a timer for their time, and with activities of their own for what follows them.
      ...['canceled', 'completed', 'degraded', 'rejected', 'traced', 'worker-killed'].map(
        (name) => `earlier-4-${name}`,
      ),
      // Scans that a newer function said to wait for others, on workers that knew nothing of that: their estimations ended and
      // failed before the quality check did, which was no reason to write.
      ...['busy', 'busy-failed-at-estimation'].map((name) => `earlier-5-${name}`),
      // Scans that left markers of what they follow, compared in an activity of its own, and recorded their start at once.
      ...[
        'busy',
        'busy-failed-at-estimation',
        'canceled',
        'canceled-after-result',
        'completed',
        'degraded',
        'failed-at-estimation',
        'failed-at-quality-check',
        'rejected',
        'retried',
        'traced',
        'worker-killed',
      ].map((name) => `earlier-6-${name}`),
      'busy',
      'busy-failed-at-estimation',
      'degraded',
      'failed-at-estimation',
      'failed-at-quality-check',
      'rejected',
      'retried',
      'scan-deleted',
      'step-run-again',
      'step-run-again-in-vain',
      'traced',
      'worker-killed',
    ]),
  );
});

it('scans that began under earlier code go on under this one', { timeout: 120_000 }, async () => {
  expect(await replayed(await bundle(), names)).toEqual(each(names, undefined));
});

it(
  'so do those that earlier workers began for a function that knew more than they',
  { timeout: 120_000 },
  async () => {
    const marked = scans.filter((name) => /^earlier-[56]-/.test(name));
    const newer = { course: SCAN_COURSE };
    expect(await replayed(await bundle(), marked, newer)).toEqual(each(marked, undefined));
  },
);

it('a workflow that schedules in another order does not', { timeout: 120_000 }, async () => {
  const reordered = await bundle(resolve('./reordered.fixture.ts'));
  expect(await replayed(reordered, scans)).toEqual(each(scans, 'DeterminismViolationError'));
});
