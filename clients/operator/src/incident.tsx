/** Incident mode: whether new scans are accepted, how many still run, and the switch. */

import type { Why } from '@reddyfit/shared/operator/acts';
import type { AdmissionState, AdmissionView } from '@reddyfit/shared/operator/admission';
import { useCallback, useEffect, useState } from 'react';
import { Told } from '../../web/src/told.tsx';
import type { DeskApi } from './api.ts';
import { Refusal } from './refusal.tsx';
import { timeOf } from './show.ts';
import { AskWhy } from './why.tsx';

/** How often the state is read (ms): an operator waits while the running scans end. */
const LOOK_MS = 5000;

const TOLD = 'It is recorded with your name in the chain of incident mode.';

export function Incident({ api, mayAct }: { api: DeskApi; mayAct: boolean }) {
  const [now, setNow] = useState<AdmissionView | null>(null);
  // Why the state was not read, until it is.
  const [error, setError] = useState<unknown>(null);
  // Why it was not switched, until that is read or it is switched: no look takes it away.
  const [refused, setRefused] = useState<unknown>(null);
  const look = useCallback(() => {
    api.admission().then((seen) => {
      setNow(seen);
      setError(null);
    }, setError);
  }, [api]);
  useEffect(() => {
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [look]);
  const change = (state: AdmissionState) => (why: Why) => {
    setRefused(null);
    api.changeAdmission({ state, ...why }).then((seen) => {
      setNow(seen);
      setError(null);
    }, setRefused);
  };
  return (
    <section className="card">
      <h2>Incident mode</h2>
      {error !== null && <Refusal error={error} />}
      {refused !== null && (
        <>
          <Refusal error={refused} />
          <button type="button" className="quiet" onClick={() => setRefused(null)}>
            I have read it
          </button>
        </>
      )}
      <Told>
        {now && (
          <p>
            {now.state === 'paused' ? 'No new scans are taken. ' : 'New scans are taken. '}
            {now.running === 0
              ? 'None runs.'
              : `${now.running} ${now.running === 1 ? 'has' : 'have'} not ended${now.oldestAt ? `, the oldest of ${timeOf(now.oldestAt)}` : ''}.`}{' '}
            {now.retries === null
              ? 'How many steps run again is not known: Temporal does not answer.'
              : now.retries > 0 &&
                `${now.retries === 1 ? 'One step runs' : `${now.retries} steps run`} again.`}
            {now.state === 'paused' &&
              now.running === 0 &&
              now.retries === 0 &&
              ' It is drained: nothing runs any more.'}
          </p>
        )}
      </Told>
      {now && (
        <>
          {now.last && (
            <p className="hint">
              Since {timeOf(now.last.since)} by {now.last.by}: {now.last.reason} {now.last.reference}
            </p>
          )}
          {mayAct && now.state === 'open' && (
            <AskWhy label="Take no new scans" danger told={TOLD} onWhy={change('paused')} />
          )}
          {mayAct && now.state === 'paused' && (
            <AskWhy label="Take new scans again" told={TOLD} onWhy={change('open')} />
          )}
        </>
      )}
    </section>
  );
}
