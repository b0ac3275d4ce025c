import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { SCAN_COURSE } from '@reddyfit/shared/temporal/workflows';
import proto from '@temporalio/proto';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, expect, it } from 'vitest';
import { SCENARIOS } from '../../../fixtures/histories/scenarios.ts';
import { bundleOnce } from '../trial/bundle-once.ts';
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

/** The names of the codes before today's, and how scans went under them. */
const EARLIER = {
  earlier: 'There was no time limit, and a scan settled before its last write.',
  'earlier-2': 'Writes carried neither events nor the audit entry of the start.',
  'earlier-3': 'A body fat was shown before the change since the last scan.',
  'earlier-4': 'A timer counted the time, and what follows a scan had activities of its own.',
  'earlier-5':
    'Newer functions said that the scan waits, to workers that knew nothing of it: an estimation that ended before the quality check was no reason to write.',
  'earlier-6':
    'Markers said what a scan follows, an activity of its own compared, and the start was recorded at once.',
};

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

it('every way in which a scan can go was recorded, of today and of each code before it', () => {
  const ways = SCENARIOS.map(({ name }) => name);
  const those = names.map((name) => /^(?:(earlier(?:-\d)?)-)?(.+)$/.exec(name)!.slice(1));
  const today = those.flatMap(([code, way]) => (code === undefined ? way : []));
  expect(today.toSorted()).toEqual(ways.toSorted());
  expect(ways).toEqual(expect.arrayContaining(those.map(([, way]) => way)));
  expect(new Set(those.flatMap(([code]) => code ?? []))).toEqual(new Set(Object.keys(EARLIER)));
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
