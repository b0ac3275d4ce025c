/** The way of one scan, put together from the document, its audit chain, Temporal and what was told. Nothing of it is health data. */

import { deskDetail } from '@reddyfit/shared/operator/error-codes';
import { allEntries } from '@reddyfit/shared/audit/stored';
import { paths } from '@reddyfit/shared/names/paths';
import type { Timeline, TimelineEvent } from '@reddyfit/shared/operator/timeline';
import { modelCostUsd } from '@reddyfit/shared/scan/prices';
import type { ModelCall } from '@reddyfit/shared/scan/results';
import { STEP_NAMES } from '@reddyfit/shared/scan/steps';
import type { DocumentData, Firestore, Timestamp } from 'firebase-admin/firestore';
import { temporal } from '../platform/temporal.ts';
import { activitiesOf } from './activities.ts';
import { type DayMedians, dayMedians, queueMsOf, stepMs } from './day-medians.ts';
import { foundScanOf, TIMELINE_FIELDS } from './facts.ts';
import { recordedScan } from './record-view.ts';
import { deliveriesOf, pushesOf } from './told.ts';

/** Entries of the chain that are shown, the latest. */
const MOST_ENTRIES = 500;

/** The timeline, once the look is recorded. A Temporal that is away leaves a gap. Throws ScanNotFoundError. */
export async function timelineOf(
  db: Firestore,
  scanId: string,
  operator: string,
  now: Date,
): Promise<Timeline> {
  const look = { operator, action: 'scan_viewed', detail: { what: 'timeline' }, now } as const;
  const scan = await recordedScan(db, scanId, { ...look, fields: TIMELINE_FIELDS });
  const gaps: string[] = [];
  const [entries, activities, medians, pushes, { deliveries, events: attempts }] = await Promise.all([
    auditEvents(db, scanId),
    scan['workflow'] ? activitiesOrGap(scanId, gaps) : [],
    dayMedians(db, (scan['createdAt'] as Timestamp).toMillis(), now),
    pushesOf(db, scan['userId'] as string, scanId),
    deliveriesOf(db, scanId),
  ]);
  const found = foundScanOf(scanId, scan);
  const queueMs = queueMsOf(scan);
  const events: TimelineEvent[] = [
    { at: found.createdAt, from: 'document', what: 'submitted' },
    ...(found.completedAt ? [{ at: found.completedAt, from: 'document' as const, what: found.status }] : []),
    ...entries,
    ...activities,
    ...attempts,
  ];
  return {
    scan: found,
    writes: scan['rev'] ?? 0,
    ...(queueMs !== undefined && { queueMs }),
    ...medianPart(medians),
    steps: stepsOf(scan, medians),
    calls: callsOf(scan),
    pushes,
    deliveries,
    events: events.sort((one, other) => one.at.localeCompare(other.at)),
    workflow: scan['workflow'] ?? null,
    traceId: scan['traceparent']?.split('-')[1] ?? null,
    gaps,
  };
}

async function auditEvents(db: Firestore, scanId: string): Promise<TimelineEvent[]> {
  const { docs } = await db
    .collection(paths.auditEntries(scanId))
    .orderBy('seq', 'desc')
    .limit(MOST_ENTRIES)
    .get();
  return allEntries(docs.toReversed()).map(({ at, actor, action, detail }) => ({
    at,
    from: 'audit',
    what: action,
    actor,
    ...(Object.keys(detail).length > 0 && { detail: deskDetail(detail) }),
  }));
}

async function activitiesOrGap(scanId: string, gaps: string[]): Promise<TimelineEvent[]> {
  const found = await activitiesOf(temporal(), scanId).catch(() => undefined);
  if (found === undefined) gaps.push('Temporal does not answer.');
  if (found === null) gaps.push('Temporal has let the history go.');
  return found ?? [];
}

function medianPart({ scans, queueMs, ms }: DayMedians): Pick<Timeline, 'median'> {
  if (scans === 0) return {};
  return { median: { scans, ...(queueMs !== undefined && { queueMs }), ...(ms !== undefined && { ms }) } };
}

function stepsOf(scan: DocumentData, medians: DayMedians): Timeline['steps'] {
  return STEP_NAMES.flatMap((step) => {
    const fields = scan['steps']?.[step] as DocumentData | undefined;
    if (!fields) return [];
    const { state, attempt, messageCode, startedAt, nextRetryAt } = fields;
    const ms = stepMs(fields);
    const medianMs = medians.steps[step];
    return {
      step,
      state,
      attempt: attempt ?? 0,
      ...(messageCode && { code: messageCode }),
      ...(startedAt && { startedAt: new Date(startedAt.toMillis()).toISOString() }),
      ...(nextRetryAt && { nextRetryAt: new Date(nextRetryAt.toMillis()).toISOString() }),
      ...(ms !== undefined && { ms }),
      ...(medianMs !== undefined && { medianMs }),
    };
  });
}

function callsOf(scan: DocumentData): Timeline['calls'] {
  return STEP_NAMES.flatMap((step) => {
    const call = scan['results']?.[step]?.modelCall as ModelCall | undefined;
    if (!call) return [];
    const { model, promptVersion, inputTokens, outputTokens, latencyMs, asks } = call;
    const usd = modelCostUsd(model, inputTokens, outputTokens);
    return { step, model, promptVersion, inputTokens, outputTokens, ms: latencyMs, asks, usd };
  });
}
