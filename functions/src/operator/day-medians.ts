/** How long the scans of one day usually took, for comparison with a single scan. */

import { DAY_MS } from '@reddyfit/shared/durations';
import { medianOf } from '@reddyfit/shared/median';
import { paths } from '@reddyfit/shared/names/paths';
import { STEP_NAMES, type StepName } from '@reddyfit/shared/scan/steps';
import { millisOf } from '@reddyfit/shared/timestamps';
import { type DocumentData, type Firestore, Timestamp } from 'firebase-admin/firestore';

/** The most completed scans of the day that count, the latest: enough for a median, and one page of reads. */
const MOST = 200;

/** How long an instance reuses medians that it has computed (ms). */
const KEPT_MS = 5 * 60_000;

export interface DayMedians {
  scans: number;
  queueMs?: number;
  ms?: number;
  steps: Partial<Record<StepName, number>>;
}

const kept = new Map<string, { at: number; medians: Promise<DayMedians> }>();

/** The medians of the UTC day that contains `moment`, from up to 200 of its completed scans. */
export function dayMedians(db: Firestore, moment: number, now: Date): Promise<DayMedians> {
  const day = Math.floor(moment / DAY_MS) * DAY_MS;
  const name = `${db.databaseId}/${day}`;
  const known = kept.get(name);
  if (known && now.getTime() - known.at < KEPT_MS) return known.medians;
  const medians = count(db, day);
  kept.clear();
  kept.set(name, { at: now.getTime(), medians });
  medians.catch(() => kept.delete(name));
  return medians;
}

async function count(db: Firestore, day: number): Promise<DayMedians> {
  const { docs } = await db
    .collection(paths.scans())
    .where('status', '==', 'completed')
    .where('createdAt', '>=', Timestamp.fromMillis(day))
    .where('createdAt', '<', Timestamp.fromMillis(day + DAY_MS))
    .orderBy('createdAt', 'desc')
    .select(
      'createdAt',
      'completedAt',
      ...STEP_NAMES.flatMap((step) => [`steps.${step}.startedAt`, `steps.${step}.completedAt`]),
    )
    .limit(MOST)
    .get();
  const scans = docs.map((doc) => doc.data());
  const steps = STEP_NAMES.flatMap((step) => {
    const ms = median(scans.map((scan) => stepMs(scan['steps']?.[step])));
    return ms === undefined ? [] : [[step, ms] as const];
  });
  const queueMs = median(scans.map(queueMsOf));
  const ms = median(scans.map((scan) => between(scan['createdAt'], scan['completedAt'])));
  return {
    scans: scans.length,
    ...(queueMs !== undefined && { queueMs }),
    ...(ms !== undefined && { ms }),
    steps: Object.fromEntries(steps),
  };
}

/** Time from a scan's creation to the start of its first step (ms); undefined when either time cannot be read. */
export function queueMsOf({ createdAt, steps }: DocumentData): number | undefined {
  const starts = Object.values<DocumentData>(steps ?? {}).flatMap(
    (step) => millisOf(step?.['startedAt']) ?? [],
  );
  const created = millisOf(createdAt);
  if (starts.length === 0 || created === undefined) return undefined;
  return Math.max(0, Math.min(...starts) - created);
}

/** Time from a step's start to its end (ms); undefined when either time cannot be read. */
export function stepMs(step: DocumentData | undefined): number | undefined {
  return between(step?.['startedAt'], step?.['completedAt']);
}

function between(from: unknown, to: unknown): number | undefined {
  const [start, end] = [millisOf(from), millisOf(to)];
  return start === undefined || end === undefined ? undefined : end - start;
}

const median = (values: readonly (number | undefined)[]) =>
  medianOf(values.filter((value) => value !== undefined));
