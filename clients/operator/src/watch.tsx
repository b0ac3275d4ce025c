/** How the service does now: figures beside their goals, by build and by model, what waits, fires, died or is being deleted. */

import type { OperatorPermission } from '@reddyfit/shared/operator/roles';
import { WATCH_HOURS, type WatchView } from '@reddyfit/shared/operator/watch';
import { useCallback, useEffect, useState } from 'react';
import type { DeskApi } from './api.ts';
import { DeadLetters } from './dead-letters.tsx';
import { Incident } from './incident.tsx';
import { Refusal } from './refusal.tsx';
import { costOf, durationOf, shareOf, timeOf } from './show.ts';
import { Part } from './part.tsx';

/** How often the figures are read anew (ms). */
const LOOK_MS = 60_000;

export function Watch({ api, may }: { api: DeskApi; may: readonly OperatorPermission[] }) {
  const [hours, setHours] = useState<number>(WATCH_HOURS.usual);
  const [view, setView] = useState<WatchView | null>(null);
  const [error, setError] = useState<unknown>(null);
  const look = useCallback(() => {
    api.watch(hours).then((seen) => {
      setView(seen);
      setError(null);
    }, setError);
  }, [api, hours]);
  useEffect(() => {
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [look]);
  const mayAct = may.includes('act');
  return (
    <>
      <h1>Watch</h1>
      <label className="field">
        Of the last
        <select value={hours} onChange={(event) => setHours(Number(event.currentTarget.value))}>
          {[1, 6, 24, 168].map((count) => (
            <option key={count} value={count}>
              {count === 168 ? '7 days' : `${count} h`}
            </option>
          ))}
        </select>
      </label>
      {error !== null && <Refusal error={error} />}
      <Incident api={api} mayAct={mayAct} />
      {!view && error === null && <p role="status">Loading…</p>}
      {view && <Figures view={view} />}
      {view && <DeadLetters api={api} mayAct={mayAct} endpoints={view.deadLetters} onDone={look} />}
    </>
  );
}

type Goals = Pick<WatchView, 'successRate' | 'durationP95' | 'retryRate'>;

const GOAL_HEAD = ['Success', 'p95', 'Retries'];

function GoalCells({ successRate, durationP95, retryRate }: Goals) {
  const mark = ({ met }: { met: boolean | null }) => (met === false ? ' ✗' : '');
  return (
    <>
      <td>
        {shareOf(successRate.value)}
        {mark(successRate)}
      </td>
      <td>
        {durationOf(durationP95.value === null ? undefined : durationP95.value * 1000)}
        {mark(durationP95)}
      </td>
      <td>
        {shareOf(retryRate.value)}
        {mark(retryRate)}
      </td>
    </>
  );
}

function Figures({ view }: { view: WatchView }) {
  const { successRate, durationP95, retryRate } = view;
  return (
    <>
      {view.gaps.map((gap) => (
        <p key={gap} role="alert" className="notice">
          {gap}
        </p>
      ))}
      <Alerts alerts={view.alerts} />
      <Part title="Scans" head={['Of', 'Scans', ...GOAL_HEAD, 'Models, US$ a scan']}>
        <tr>
          <th scope="row">all</th>
          <td>
            {view.scans}
            {view.more && ', the latest'}
          </td>
          <GoalCells {...view} />
          <td>{costOf(view.modelUsdPerScan)}</td>
        </tr>
        {view.byBuild.map(({ build, scans, ...goals }) => (
          <tr key={build}>
            <th scope="row">build {build}</th>
            <td>{scans}</td>
            <GoalCells {...goals} />
            <td />
          </tr>
        ))}
      </Part>
      <p className="hint">
        Goals: success {shareOf(successRate.goal)} or more, p95 below {durationOf(durationP95.goal * 1000)},
        retries below {shareOf(retryRate.goal)}; ✗ marks what misses one.{' '}
        {Object.entries(view.byStatus)
          .filter(([, count]) => count > 0)
          .map(([status, count]) => `${count} ${status}`)
          .join(', ')}
        {view.errors.length > 0 && '. Errors: '}
        {view.errors.map(({ code, scans }) => `${code} ${scans}`).join(', ')}
      </p>
      {view.byModel.length > 0 && (
        <Part
          title="Models"
          head={['Model', 'Calls', 'Tokens in', 'Tokens out', 'US$', 'Estimated scans', ...GOAL_HEAD]}
        >
          {view.byModel.map(({ model, calls, inputTokens, outputTokens, usd, scans, ...goals }) => (
            <tr key={model}>
              <th scope="row">{model}</th>
              <td>{calls}</td>
              <td>{inputTokens}</td>
              <td>{outputTokens}</td>
              <td>{costOf(usd)}</td>
              <td>{scans}</td>
              <GoalCells {...goals} />
            </tr>
          ))}
        </Part>
      )}
      <Part title="Task queues" head={['Queue', 'Waiting', 'Workers']}>
        {view.queues.map(({ queue, waiting, workers }) => (
          <tr key={queue}>
            <th scope="row">{queue}</th>
            <td>{waiting}</td>
            <td>{workers}</td>
          </tr>
        ))}
      </Part>
      <Part title="Jobs" head={['Job', 'Last success (UTC)', 'Found']}>
        {view.jobs.map(({ job, lastSuccessAt, found }) => (
          <tr key={job}>
            <th scope="row">{job}</th>
            <td>{lastSuccessAt ? timeOf(lastSuccessAt) : 'never'}</td>
            <td>
              {Object.entries(found)
                .map(([name, count]) => `${name}=${count}`)
                .join(' ')}
            </td>
          </tr>
        ))}
      </Part>
      {view.deletions.length > 0 && (
        <Part title="Accounts that are being deleted" head={['User', 'State', 'Stage', 'Since', 'Last sign']}>
          {view.deletions.map(({ userId, state, stage, startedAt, updatedAt }) => (
            <tr key={userId}>
              <th scope="row">{userId}</th>
              <td>{state}</td>
              <td>{stage}</td>
              <td>{timeOf(startedAt)}</td>
              <td>{timeOf(updatedAt)}</td>
            </tr>
          ))}
        </Part>
      )}
    </>
  );
}

function Alerts({ alerts }: { alerts: WatchView['alerts'] }) {
  if (alerts === null) return <p className="hint">No Alertmanager is configured or answers.</p>;
  if (alerts.length === 0) return <p role="status">No alert fires.</p>;
  return (
    <Part title="Alerts" head={['Alert', 'Severity', 'Since (UTC)', 'What', 'Runbook']}>
      {alerts.map(({ name, severity, since, summary, runbook }) => (
        <tr key={`${name} ${since} ${summary}`}>
          <th scope="row">{name}</th>
          <td>{severity}</td>
          <td>{timeOf(since)}</td>
          <td>{summary}</td>
          <td>
            {runbook && (
              <a href={runbook} target="_blank" rel="noreferrer">
                Runbook
              </a>
            )}
          </td>
        </tr>
      ))}
    </Part>
  );
}
