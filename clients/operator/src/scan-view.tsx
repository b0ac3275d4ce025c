/**
 * Shows one scan: its course without health data, the acts on it, and its values once they are requested with a reason.
 */

import type { OperatorSelf, ScanAct, Why } from '@reddyfit/shared/operator/acts';
import type { OperatorPermission } from '@reddyfit/shared/operator/roles';
import type { Timeline } from '@reddyfit/shared/operator/timeline';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Told } from '../../web/src/told.tsx';
import { ActNames } from './act-names.ts';
import { Acts } from './acts.tsx';
import type { DeskApi } from './api.ts';
import { Grant } from './grant.tsx';
import { Reveal } from './reveal.tsx';
import { Refusal } from './refusal.tsx';
import { durationOf, timeOf } from './show.ts';
import { doneInWords, type Undone } from './undone.ts';
import { Attempts, Calls, Deliveries, Events, Pushes, Steps } from './way.tsx';

export function ScanView({
  api,
  scanId,
  may,
  links,
}: {
  api: DeskApi;
  scanId: string;
  may: readonly OperatorPermission[];
  links: OperatorSelf['links'];
}) {
  const [way, setWay] = useState<Timeline | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [outcome, setOutcome] = useState('');
  // Acts are pressed far below, where what becomes of them would not be seen.
  const said = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error !== null || outcome) said.current?.scrollIntoView({ block: 'nearest' });
  }, [error, outcome]);
  const [names] = useState(() => new ActNames());
  const read = useCallback(async () => {
    const seen = await api.see(scanId);
    setWay(seen);
    const done = doneUnder(seen, names.lost);
    if (!done) return;
    // The scan is shown as it is since, so the same act means another one from here on.
    names.isKnown(done.actId);
    setError(null);
    setOutcome(`The answer was lost, but it was done at ${timeOf(done.at)} (UTC): “${done.outcome}”.`);
  }, [api, scanId, names]);
  const load = useCallback(() => {
    setError(null);
    void read().catch(setError);
  }, [read]);
  useEffect(load, [load]);

  const act = async (undone: Undone, why: Why) => {
    setError(null);
    setOutcome('');
    const actId = names.nameOf(JSON.stringify(undone));
    try {
      const done = await api.act(scanId, { ...undone, ...why, actId } as ScanAct);
      names.isKnown(actId);
      setOutcome(doneInWords(undone.act, done));
      load();
    } catch (thrown) {
      setError(thrown);
      // What is shown says whether it was done. When it cannot be read, the error above stands.
      if (names.hasFailed(actId, thrown)) await read().catch(() => undefined);
    }
  };
  const mayAct = may.includes('act');
  return (
    <>
      <h1>Scan {scanId}</h1>
      <div ref={said} className="said">
        {error !== null && <Refusal error={error} />}
        <Told>
          {!way && error === null && <p>Loading…</p>}
          {outcome && <p>{outcome}</p>}
        </Told>
      </div>
      {way && <Facts way={way} links={links} />}
      {way && (
        <>
          <button type="button" className="quiet" onClick={load}>
            Look again
          </button>
          {mayAct && <Acts api={api} scan={way.scan} onAct={(undone, why) => void act(undone, why)} />}
          <Steps steps={way.steps} {...(mayAct && { onAct: act })} status={way.scan.status} />
          <Attempts attempts={way.attempts} />
          <Events events={way.events} scanId={scanId} />
          <Calls calls={way.calls} />
          <Pushes pushes={way.pushes} />
          <Deliveries deliveries={way.deliveries} scanId={scanId} {...(mayAct && { onAct: act })} />
          {mayAct && way.scan.userId && <Grant api={api} userId={way.scan.userId} />}
          {may.includes('reveal') && <Reveal api={api} scanId={scanId} />}
        </>
      )}
    </>
  );
}

/** An act under one of these names that the scan's chain records as done: its name, its time and its outcome. */
function doneUnder({ events }: Timeline, names: readonly string[]) {
  const event = events.findLast(
    ({ what, detail }) => what === 'operator_act_done' && names.includes(String(detail?.['actId'])),
  );
  if (!event) return null;
  return {
    actId: String(event.detail!['actId']),
    at: event.at,
    outcome: String(event.detail!['outcome']),
  };
}

/** What is known of the scan as a whole. */
function Facts({ way, links }: { way: Timeline; links: OperatorSelf['links'] }) {
  const { scan, median, queueMs, gaps, workflow, traceId } = way;
  return (
    <>
      <dl className="facts">
        <Fact name="Status" value={[scan.status, scan.errorCode].filter(Boolean).join(' ')} />
        <Fact name="User" value={scan.userId ?? '–'} />
        <Fact name="Created (UTC)" value={timeOf(scan.createdAt)} />
        <Fact name="Took" value={durationOf(scan.ms)} beside={median && durationOf(median.ms)} />
        <Fact
          name="Waited to begin"
          value={durationOf(queueMs)}
          beside={median && durationOf(median.queueMs)}
        />
        <Fact name="Status writes" value={`${way.writes}`} />
        <Fact name="Build" value={scan.build ?? '–'} />
        <Fact
          name="Workflow"
          value={workflow ? `${workflow.id} (${workflow.runId})` : '–'}
          link={workflow && links.workflows && `${links.workflows}/${workflow.id}/${workflow.runId}/history`}
        />
        <Fact
          name="Trace"
          value={traceId ?? '–'}
          link={traceId && links.trace && links.trace.replace('{traceId}', traceId)}
        />
      </dl>
      {median && <p className="hint">Beside: the median of {median.scans} completed scans of that day.</p>}
      {scan.broken && <Broken fields={scan.broken} />}
      {gaps.map((gap) => (
        <p key={gap} className="hint">
          {gap}
        </p>
      ))}
    </>
  );
}

function Broken({ fields }: { fields: readonly string[] }) {
  return (
    <p role="alert" className="notice">
      These fields of the document cannot be read, since somebody has written something else there:{' '}
      {fields.join(', ')}.
    </p>
  );
}

function Fact({
  name,
  value,
  beside,
  link,
}: {
  name: string;
  value: string;
  beside?: string | undefined;
  /** The address of a page about this value. */
  link?: string | null;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {link ? (
          <a href={link} target="_blank" rel="noreferrer">
            {value}
          </a>
        ) : (
          value
        )}{' '}
        {beside && <span className="hint">({beside})</span>}
      </dd>
    </div>
  );
}
