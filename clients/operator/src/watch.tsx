/**
 * The present state of the service: figures beside their goals, by build and by model; incident mode, queues, alerts,
 * dead letters and deletions.
 */

import type { OperatorPermission } from '@reddyfit/shared/operator/roles';
import { WATCH_HOURS, type WatchView } from '@reddyfit/shared/operator/watch';
import { useCallback, useEffect, useState } from 'react';
import { Told } from '../../web/src/told.tsx';
import type { DeskApi } from './api.ts';
import { DeadLetters } from './dead-letters.tsx';
import { Incident } from './incident.tsx';
import { Refusal } from './refusal.tsx';
import { costOf, durationOf, shareOf, timeOf } from './show.ts';
import { Part } from './part.tsx';

/** How often the figures are read (ms). */
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
      <Told>{!view && error === null && <p>Loading…</p>}</Told>
      {view && <Figures view={view} />}
      {view && <DeadLetters api={api} mayAct={mayAct} endpoints={view.deadLetters} onDone={look} />}
    </>
  );
}

type Shown = Pick<WatchView, 'successRate' | 'durationP95' | 'retryRate' | 'queueP95' | 'usdPerScan'>;

const HEAD = ['Success', 'p95', 'Retries', 'Queue p95', 'Models, US$ a scan'];

const seconds = (value: number | null) => durationOf(value === null ? undefined : value * 1000);

function FigureCells({ successRate, durationP95, retryRate, queueP95, usdPerScan }: Shown) {
  const mark = ({ met }: { met: boolean | null }) => (met === false ? ' ✗' : '');
  return (
    <>
      <td>
        {shareOf(successRate.value)}
        {mark(successRate)}
      </td>
      <td>
        {seconds(durationP95.value)}
        {mark(durationP95)}
      </td>
      <td>
        {shareOf(retryRate.value)}
        {mark(retryRate)}
      </td>
      <td>{seconds(queueP95)}</td>
      <td>{costOf(usdPerScan)}</td>
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
      {view.broken.length > 0 && (
        <p role="alert" className="notice">
          These documents cannot be read, since somebody has broken them, and count nowhere:{' '}
          {view.broken.join(', ')}
        </p>
      )}
      {/* Functions of an earlier build tell nothing of these. */}
      {view.undated?.scans > 0 && (
        <p role="alert" className="notice">
          {view.undated.scans} {view.undated.scans === 1 ? 'scan has' : 'scans have'} not ended and no time of
          creation, so that no list and no sweep finds them.
          {view.undated.named.length > 0 && ` Open by its id: ${view.undated.named.join(', ')}`}
        </p>
      )}
      {view.limited.map(({ operator, limit, at }) => (
        <p key={`${operator} ${limit} ${at}`} role="alert" className="notice">
          The operator {operator} came to the limit “{limit}” of the desk at {timeOf(at)}.
        </p>
      ))}
      <Alerts alerts={view.alerts} />
      <Part title="Scans" head={['Of', 'Scans', ...HEAD]}>
        <tr>
          <th scope="row">all</th>
          <td>
            {view.scans}
            {view.more && ', the latest'}
          </td>
          <FigureCells {...view} />
        </tr>
        {view.byBuild.map(({ build, scans, ...figures }) => (
          <tr key={build}>
            <th scope="row">build {build}</th>
            <td>{scans}</td>
            <FigureCells {...figures} />
          </tr>
        ))}
        {view.byModel
          .filter(({ scans }) => scans > 0)
          .map(({ model, scans, ...figures }) => (
            <tr key={model}>
              <th scope="row">estimated by {model}</th>
              <td>{scans}</td>
              <FigureCells {...figures} />
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
          head={['Model', 'Calls', 'Call p95', 'Asks a call', 'Tokens in', 'Tokens out', 'US$']}
        >
          {view.byModel.map(({ model, calls, callP95, asksPerCall, inputTokens, outputTokens, usd }) => (
            <tr key={model}>
              <th scope="row">{model}</th>
              <td>{calls}</td>
              <td>{seconds(callP95)}</td>
              <td>{asksPerCall?.toFixed(2) ?? '–'}</td>
              <td>{inputTokens}</td>
              <td>{outputTokens}</td>
              <td>{costOf(usd)}</td>
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
  if (alerts.length === 0) return <p className="hint">No alert fires.</p>;
  return (
    <Part title="Alerts" head={['Alert', 'Severity', 'Since (UTC)', 'What', 'Runbook']}>
      {alerts.map(({ name, severity, since, summary, runbook }) => (
        <tr key={`${name} ${since} ${summary}`}>
          <th scope="row">{name}</th>
          <td>{severity}</td>
          <td>{timeOf(since)}</td>
          <td>{summary}</td>
          <td>
            {/* Only a web page is a link: a rule that somebody has changed runs no script here. */}
            {runbook && /^https?:\/\//.test(runbook) ? (
              <a href={runbook} target="_blank" rel="noreferrer">
                Runbook
              </a>
            ) : (
              runbook
            )}
          </td>
        </tr>
      ))}
    </Part>
  );
}
