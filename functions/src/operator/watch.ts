/** How the service does as a whole: figures by the report's code, and what waits, fires, died or is being deleted. */

import type { AccountDeletion } from '@reddyfit/shared/account/users';
import { paths } from '@reddyfit/shared/names/paths';
import type { WatchView } from '@reddyfit/shared/operator/watch';
import type { Firestore, Timestamp } from 'firebase-admin/firestore';
import { config } from '../platform/config.ts';
import { temporal } from '../platform/temporal.ts';
import { byGroup, byModel, figuresOf, modelUsdPerScan } from '../report/by-group.ts';
import { latestScans } from '../report/read-scans.ts';
import { alertsAt } from './alerts.ts';
import { taskQueues } from './task-queues.ts';

/** Scans that are read for the figures, the latest. */
const MOST_SCANS = 5000;
const MOST_DELETIONS = 100;

/** How long an instance takes what it has counted for true (ms): many may watch at once. */
const KEPT_MS = 60_000;

const HOUR_MS = 3_600_000;

/** Those that leave a sign of themselves in operations/{job}. */
const JOBS = ['sweeper', 'archive', 'audit_verify', 'balance_verify'];

const kept = new Map<string, { at: number; view: Promise<WatchView> }>();

/** Of the last hours up to `now`; as it was at `at`, a minute ago at most. What is away leaves a gap. Throws when Firestore is away. */
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
  const orGap = async <T>(asked: Promise<T>, gap: string, otherwise: T): Promise<T> =>
    asked.catch(() => {
      gaps.push(gap);
      return otherwise;
    });
  const period = { since: now.getTime() - hours * HOUR_MS, until: now.getTime() };
  const { alertmanagerUrl, temporal: settings } = config();
  const [read, queues, alerts, deadLetters, deletions, jobs] = await Promise.all([
    latestScans(db, period, MOST_SCANS + 1),
    orGap(taskQueues(temporal(), settings, now), 'Temporal does not answer.', []),
    alertmanagerUrl ? orGap(alertsAt(alertmanagerUrl), 'Alertmanager does not answer.', null) : null,
    deadLettersOf(db),
    deletionsOf(db),
    jobsOf(db),
  ]);
  const scans = read.slice(0, MOST_SCANS);
  const { byStatus, successRate, durationP95, retryRate, errors } = figuresOf(scans, period);
  const ofModel = byGroup(
    scans,
    period,
    ({ calls }) => calls.find(({ step }) => step === 'estimation')?.model,
  );
  return {
    at: now.toISOString(),
    hours,
    scans: scans.length,
    more: read.length > MOST_SCANS,
    byStatus,
    successRate,
    durationP95,
    retryRate,
    errors: [...errors],
    byBuild: byGroup(scans, period, ({ build }) => build).map(({ name, ...figures }) => ({
      build: name,
      ...figures,
    })),
    byModel: byModel(scans).map((model) => {
      const own = ofModel.find(({ name }) => name === model.model);
      const { name: _, ...figures } = own ?? { name: '', ...NOTHING_JUDGED };
      return { ...model, ...figures };
    }),
    modelUsdPerScan: modelUsdPerScan(scans),
    queues,
    alerts,
    deadLetters,
    deletions,
    jobs,
    gaps,
  };
}

/** Of a model that made no estimation. */
const NOTHING_JUDGED = (() => {
  const { scans, successRate, durationP95, retryRate } = figuresOf([], { since: 0, until: 1 });
  return { scans, successRate, durationP95, retryRate };
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

const iso = (time: Timestamp) => new Date(time.toMillis()).toISOString();

async function deletionsOf(db: Firestore): Promise<WatchView['deletions']> {
  const { docs } = await db
    .collection(paths.users())
    .where('deletion.state', 'in', ['requested', 'running', 'failed'])
    .select('deletion')
    .limit(MOST_DELETIONS)
    .get();
  return docs.map((user) => {
    const { state, stage, startedAt, updatedAt } = user.get('deletion') as AccountDeletion;
    const times = { startedAt: iso(startedAt as Timestamp), updatedAt: iso(updatedAt as Timestamp) };
    return { userId: user.id, state, stage: stage ?? null, ...times };
  });
}

async function jobsOf(db: Firestore): Promise<WatchView['jobs']> {
  const records = await db.getAll(...JOBS.map((job) => db.doc(paths.operation(job))));
  return records.map((record) => {
    const { lastSuccessAt, lastRun, ...found } = record.data() ?? {};
    const numbers = Object.entries({ ...found, ...lastRun }).filter(([, value]) => typeof value === 'number');
    return {
      job: record.id,
      lastSuccessAt: lastSuccessAt ? iso(lastSuccessAt) : null,
      found: Object.fromEntries(numbers) as Record<string, number>,
    };
  });
}
