/**
 * The timeline of one scan, from its document, its audit chain, Temporal, its pushes and its webhook deliveries. It
 * holds no health data.
 */

import { paths } from '@reddyfit/shared/names/paths';
import type { Timeline, TimelineEvent } from '@reddyfit/shared/operator/timeline';
import { modelCostUsd } from '@reddyfit/shared/scan/prices';
import { STEP_STATES } from '@reddyfit/shared/scan/statuses';
import { OPTIONAL_STEP_NAMES, STEP_NAMES, type StepName } from '@reddyfit/shared/scan/steps';
import { timestamp } from '@reddyfit/shared/timestamps';
import type { DocumentData, Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import { temporal } from '../platform/temporal.ts';
import { shownEntries } from './audits.ts';
import { activitiesOf, attemptsAgain, type ScanActivities } from './activities.ts';
import type { FailedCall, FoundAttempts } from './attempts.ts';
import { type DayMedians, dayMedians, queueMsOf, stepMs } from './day-medians.ts';
import { type BrokenFields, brokenFields, foundScanOf, TIMELINE_FIELDS } from './facts.ts';
import { recordedScan } from './record-view.ts';
import { deliveriesOf, pushesOf } from './told.ts';

/** The most entries of the chain that are shown, the latest. */
const MOST_ENTRIES = 500;

const text = z.string();

/**
 * Records the look and resolves with the timeline. When Temporal is away, the timeline has a gap. Throws
 * ScanNotFoundError.
 */
export async function timelineOf(
  db: Firestore,
  scanId: string,
  operator: string,
  now: Date,
): Promise<Timeline> {
  const look = { operator, action: 'scan_viewed', detail: { what: 'timeline' }, now } as const;
  const snapshot = await recordedScan(db, scanId, { ...look, fields: TIMELINE_FIELDS });
  const scan = snapshot.data()!;
  const gaps: string[] = [];
  const broken = brokenFields();
  const workflow = broken.read('workflow', z.object({ id: text, runId: text }), scan['workflow']);
  const writes = broken.read('rev', z.number().int(), scan['rev']) ?? 0;
  const traceId = broken.read('traceparent', text, scan['traceparent'])?.split('-')[1];
  const found = foundScanOf(snapshot, broken);
  const workflowEvents = () => {
    if (scan['workflow']) return activitiesOrGap(scanId, gaps, 'Temporal has let the history go.');
    // A scan that waits for a worker has a workflow, although no worker has written that to the document yet.
    if (found.status === 'queued') return activitiesOrGap(scanId, gaps, 'No workflow has begun yet.');
    return NOTHING_KNOWN;
  };
  const [
    entries,
    { events: activities, attempts, failedCalls },
    medians,
    pushes,
    { deliveries, events: deliveryAttempts },
  ] = await Promise.all([
    auditEvents(db, scanId),
    workflowEvents(),
    dayMedians(db, Date.parse(found.createdAt), now),
    found.userId === null ? [] : pushesOf(db, found.userId, scanId, gaps),
    deliveriesOf(db, scanId, gaps),
  ]);
  const again = await againOrGap(scanId, entries, gaps);
  const queueMs = queueMsOf(scan);
  const steps = stepsOf(scan, medians, broken);
  const calls = callsOf(scan, broken);
  const events: TimelineEvent[] = [
    { at: found.createdAt, from: 'document', what: 'submitted' },
    ...(found.completedAt ? [{ at: found.completedAt, from: 'document' as const, what: found.status }] : []),
    ...entries,
    ...activities,
    ...deliveryAttempts,
  ];
  return {
    scan: { ...found, ...(broken.names.length > 0 && { broken: broken.names }) },
    writes,
    ...(queueMs !== undefined && { queueMs }),
    ...medianPart(medians),
    steps,
    attempts: [...attempts, ...again.attempts],
    calls: [...calls, ...[...failedCalls, ...again.failedCalls].map(failedCall)],
    pushes,
    deliveries,
    events: events.sort((one, other) => one.at.localeCompare(other.at)),
    workflow: workflow ?? null,
    traceId: traceId ?? null,
    gaps,
  };
}

async function auditEvents(db: Firestore, scanId: string): Promise<TimelineEvent[]> {
  const { docs } = await db
    .collection(paths.auditEntries(scanId))
    .orderBy('seq', 'desc')
    .limit(MOST_ENTRIES)
    .get();
  return docs
    .toReversed()
    .flatMap(shownEntries)
    .map(({ at, actor, action, detail }) => ({
      at,
      from: 'audit',
      what: action,
      actor,
      ...(Object.keys(detail).length > 0 && { detail }),
    }));
}

const NOTHING_KNOWN: ScanActivities = { events: [], attempts: [], failedCalls: [], unread: 0 };

/** `absent` says what it means when Temporal has no workflow of the scan. */
async function activitiesOrGap(scanId: string, gaps: string[], absent: string): Promise<ScanActivities> {
  const found = await activitiesOf(temporal(), scanId).catch(() => undefined);
  if (found === undefined) gaps.push('Temporal does not answer.');
  if (found === null) gaps.push(absent);
  if (found) tellUnread(found, gaps);
  return found ?? NOTHING_KNOWN;
}

function tellUnread({ unread }: FoundAttempts, gaps: string[]): void {
  if (unread > 0)
    gaps.push(`${unread} records of attempts cannot be decoded: their key or their form is not known.`);
}

/** The attempts of the steps that ran again, by what the chain records of that. */
async function againOrGap(
  scanId: string,
  entries: readonly TimelineEvent[],
  gaps: string[],
): Promise<FoundAttempts> {
  const steps = OPTIONAL_STEP_NAMES.filter((name) =>
    entries.some(({ what, detail }) => what === 'scan_step_retry_requested' && detail?.['step'] === name),
  );
  if (steps.length === 0) return NOTHING_KNOWN;
  const found = await attemptsAgain(temporal(), scanId, steps).catch(() => undefined);
  if (found) tellUnread(found, gaps);
  else gaps.push('Temporal does not tell of the steps that ran again.');
  return found ?? NOTHING_KNOWN;
}

function medianPart({ scans, queueMs, ms }: DayMedians): Pick<Timeline, 'median'> {
  if (scans === 0) return {};
  return { median: { scans, ...(queueMs !== undefined && { queueMs }), ...(ms !== undefined && { ms }) } };
}

const storedStep = z.object({
  state: z.enum(STEP_STATES),
  attempt: z.number().int().default(0),
  messageCode: text.nullish(),
});

function stepsOf(scan: DocumentData, medians: DayMedians, broken: BrokenFields): Timeline['steps'] {
  return STEP_NAMES.flatMap((step) => {
    const stored = scan['steps']?.[step] as DocumentData | undefined;
    const fields = broken.read(`steps.${step}`, storedStep, stored);
    if (!fields) return [];
    const { state, attempt, messageCode } = fields;
    const time = (name: string) =>
      broken.read(`steps.${step}.${name}`, timestamp, stored?.[name] ?? undefined)?.toMillis();
    const [startedAt, nextRetryAt] = [time('startedAt'), time('nextRetryAt')];
    time('completedAt');
    const ms = stepMs(stored);
    const medianMs = medians.steps[step];
    return {
      step,
      state,
      attempt,
      ...(messageCode && { code: messageCode }),
      ...(startedAt !== undefined && { startedAt: new Date(startedAt).toISOString() }),
      ...(nextRetryAt !== undefined && { nextRetryAt: new Date(nextRetryAt).toISOString() }),
      ...(ms !== undefined && { ms }),
      ...(medianMs !== undefined && { medianMs }),
    };
  });
}

const storedRefusal = z.object({
  model: text,
  inputTokens: z.number(),
  outputTokens: z.number(),
  latencyMs: z.number(),
  asks: z.number(),
});
const storedCall = storedRefusal.extend({ promptVersion: text });

function callsOf(scan: DocumentData, broken: BrokenFields): Timeline['calls'] {
  return STEP_NAMES.flatMap((step) => {
    const stored = (name: string): unknown => scan['results']?.[step]?.[name] ?? undefined;
    const call = broken.read(`results.${step}.modelCall`, storedCall, stored('modelCall'));
    const refusal = broken.read(`results.${step}.refusedCall`, storedRefusal, stored('refusedCall'));
    return [
      ...(call ? [callOf(step, call)] : []),
      ...(refusal ? [{ ...callOf(step, { ...refusal, promptVersion: null }), refused: true as const }] : []),
    ];
  });
}

function callOf(
  step: StepName,
  {
    latencyMs: ms,
    ...call
  }: Omit<z.infer<typeof storedCall>, 'promptVersion'> & { promptVersion: string | null },
): Timeline['calls'][number] {
  return { step, ...call, ms, usd: modelCostUsd(call.model, call.inputTokens, call.outputTokens) };
}

/** What a failed attempt has asked of a model. Requests without an answer have cost nothing. */
function failedCall({ step, attempt, again, code, model, ...spent }: FailedCall): Timeline['calls'][number] {
  const usd = model === null ? 0 : modelCostUsd(model, spent.inputTokens, spent.outputTokens);
  const failed = { attempt, ...(again && { again }), code };
  return { step, model, promptVersion: null, failed, ...spent, usd };
}
