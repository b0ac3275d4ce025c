/**
 * The state of the service as a whole: figures computed by the report's code, waiting tasks, firing alerts, dead
 * letters and running deletions.
 */

import { accountDeletion } from '@reddyfit/shared/account/users';
import { paths } from '@reddyfit/shared/names/paths';
import { deskCode } from '@reddyfit/shared/operator/error-codes';
import type { WatchView } from '@reddyfit/shared/operator/watch';
import { millisOf } from '@reddyfit/shared/timestamps';
import type { Firestore } from 'firebase-admin/firestore';
import { config } from '../platform/config.ts';
import { temporal } from '../platform/temporal.ts';
import { byGroup, byModel, figuresOf, loadOf } from '../report/by-group.ts';
import type { Figures } from '../report/figures.ts';
import { latestScans } from '../report/read-scans.ts';
import { shown } from './audits.ts';
import { alertsAt } from './alerts.ts';
import { taskQueues } from './task-queues.ts';
import { undatedScans } from './undated-scans.ts';

/** The most scans that are read for the figures, the latest. */
const MOST_SCANS = 5000;
const MOST_DELETIONS = 100;
const MOST_LIMITED = 50;

/** How long an instance reuses a view that it has computed (ms), since many operators may watch at once. */
const KEPT_MS = 60_000;

const HOUR_MS = 3_600_000;

/** The jobs that record their last run in operations/{job}. */
const JOBS = ['sweeper', 'archive', 'audit_verify', 'balance_verify'];

const kept = new Map<string, { at: number; view: Promise<WatchView> }>();

/**
 * The state over the last `hours` up to `now`, computed at `at`, which is at most a minute ago. A server that is away
 * leaves a gap. Throws when Firestore is away.
 */
export function watch(db: Firestore, hours: number, now: Date): Promise<WatchView> {
  const name = `${db.databaseId}/${hours}`;
  const known = kept.get(name);
  if (known && now.getTime() - known.at < KEPT_MS) return known.view;
  const view = count(db, hours, now);
  kept.set(name, { at: now.getTime(), view });
  view.catch(() => kept.delete(name));
  return view;
}

async function count(db: Firestore, hours: number, now: Date): Promise<WatchView> {
  const gaps: string[] = [];
  const broken: string[] = [];
  const orGap = async <T>(asked: Promise<T>, gap: string, otherwise: T): Promise<T> =>
    asked.catch(() => {
      gaps.push(gap);
      return otherwise;
    });
  const period = { since: now.getTime() - hours * HOUR_MS, until: now.getTime() };
  const { alertmanagerUrl, temporal: settings } = config();
  const [read, queues, alerts, deadLetters, deletions, jobs, limited, undated] = await Promise.all([
    latestScans(db, period, MOST_SCANS),
    orGap(taskQueues(temporal(), settings, now), 'Temporal does not answer.', []),
    alertmanagerUrl ? orGap(alertsAt(alertmanagerUrl), 'Alertmanager does not answer.', null) : null,
    deadLettersOf(db),
    deletionsOf(db, broken),
    jobsOf(db, broken),
    limitedIn(db, new Date(period.since)),
    undatedScans(db),
  ]);
  const { scans, more } = read;
  broken.push(...read.broken.map((scanId) => paths.scan(scanId)));
  const { byStatus, successRate, durationP95, retryRate, errors } = figuresOf(scans, period);
  const ofModel = byGroup(
    scans,
    period,
    ({ calls }) => calls.find(({ step, refused }) => step === 'estimation' && !refused)?.model,
  );
  return {
    at: now.toISOString(),
    hours,
    scans: scans.length,
    more,
    byStatus,
    successRate,
    durationP95,
    retryRate,
    errors: asShown(errors),
    byBuild: byGroup(scans, period, ({ build }) => build).map(({ name, ...figures }) => ({
      build: name,
      ...figures,
    })),
    byModel: byModel(scans).map((model) => {
      const own = ofModel.find(({ name }) => name === model.model);
      const { name: _, ...figures } = own ?? { name: '', ...NOTHING_JUDGED };
      return { ...model, ...figures };
    }),
    ...loadOf(scans),
    queues,
    alerts,
    deadLetters,
    deletions,
    jobs,
    limited,
    undated,
    broken,
    gaps,
  };
}

/** The codes as the desk shows them, those that it shows as one counted together; the most frequent first. */
function asShown(errors: Figures['errors']): WatchView['errors'] {
  const counts = new Map<string, number>();
  for (const { code, scans } of errors) counts.set(deskCode(code), (counts.get(deskCode(code)) ?? 0) + scans);
  return [...counts]
    .map(([code, scans]) => ({ code, scans }))
    .sort((one, other) => other.scans - one.scans || one.code.localeCompare(other.code));
}

/** The figures of a model that made no estimation. */
const NOTHING_JUDGED = (() => {
  const { scans, successRate, durationP95, retryRate } = figuresOf([], { since: 0, until: 1 });
  return { scans, successRate, durationP95, retryRate, ...loadOf([]) };
})();

async function deadLettersOf(db: Firestore): Promise<WatchView['deadLetters']> {
  const endpoints = await db.collection(paths.webhookEndpoints()).select().get();
  const counted = await Promise.all(
    endpoints.docs.map(async ({ id }) => {
      const dead = db.collection(paths.webhookDeliveries(id)).where('state', '==', 'dead');
      return { endpointId: id, dead: (await dead.count().get()).data().count };
    }),
  );
  return counted.filter(({ dead }) => dead > 0);
}

const iso = (ms: number) => new Date(ms).toISOString();

/** The requested, running and failed deletions. The paths of documents that somebody has broken are added to `broken`. */
async function deletionsOf(db: Firestore, broken: string[]): Promise<WatchView['deletions']> {
  const { docs } = await db
    .collection(paths.users())
    .where('deletion.state', 'in', ['requested', 'running', 'failed'])
    .select('deletion')
    .limit(MOST_DELETIONS)
    .get();
  return docs.flatMap((user) => {
    const { data } = accountDeletion.safeParse(user.get('deletion'));
    if (!data) {
      broken.push(user.ref.path);
      return [];
    }
    const { state, stage, startedAt, updatedAt } = data;
    const times = { startedAt: iso(startedAt.toMillis()), updatedAt: iso(updatedAt.toMillis()) };
    return [{ userId: user.id, state, stage: stage ?? null, ...times }];
  });
}

async function jobsOf(db: Firestore, broken: string[]): Promise<WatchView['jobs']> {
  const records = await db.getAll(...JOBS.map((job) => db.doc(paths.operation(job))));
  return records.map((record) => {
    const { lastSuccessAt, lastRun, ...found } = record.data() ?? {};
    const at = millisOf(lastSuccessAt);
    if (lastSuccessAt && at === undefined) broken.push(record.ref.path);
    const numbers = Object.entries({ ...found, ...lastRun }).filter(([, value]) => Number.isFinite(value));
    return {
      job: record.id,
      lastSuccessAt: at === undefined ? null : iso(at),
      found: Object.fromEntries(numbers) as Record<string, number>,
    };
  });
}

async function limitedIn(db: Firestore, since: Date): Promise<WatchView['limited']> {
  const { docs } = await db
    .collectionGroup('entries')
    .where('action', '==', 'operator_limited')
    .where('at', '>=', since.toISOString())
    .orderBy('at', 'desc')
    .limit(MOST_LIMITED)
    .get();
  return docs.map((doc) => {
    const { actor, detail, at } = shown(doc);
    return { operator: actor.replace(/^operator:/, ''), limit: String(detail['limit'] ?? ''), at };
  });
}
