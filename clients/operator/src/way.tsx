/** The tables of a scan's course: steps, events, model calls, pushes and deliveries. */

import type { Why } from '@reddyfit/shared/operator/acts';
import type { Timeline, TimelineEvent } from '@reddyfit/shared/operator/timeline';
import { OPTIONAL_STEP_NAMES } from '@reddyfit/shared/scan/steps';
import type { Undone } from './undone.ts';
import { detailOf, durationOf, timeOf } from './show.ts';
import { Part } from './part.tsx';
import { AskWhy } from './why.tsx';

type OnAct = (undone: Undone, why: Why) => Promise<void>;

export function Steps({ steps, status, onAct }: { steps: Timeline['steps']; status: string; onAct?: OnAct }) {
  return (
    <Part title="Steps" head={['Step', 'State', 'Attempt', 'Code', 'Took', 'Median', 'Do']}>
      {steps.map(({ step, state, attempt, code, ms, medianMs, nextRetryAt }) => {
        const retried = OPTIONAL_STEP_NAMES.find((name) => name === step && state === 'failed');
        return (
          <tr key={step}>
            <th scope="row">{step}</th>
            <td>{nextRetryAt ? `${state}, next at ${timeOf(nextRetryAt)}` : state}</td>
            <td>{attempt}</td>
            <td>{code}</td>
            <td>{durationOf(ms)}</td>
            <td>{durationOf(medianMs)}</td>
            <td>
              {onAct && retried && status === 'completed' && (
                <AskWhy
                  label={`Retry ${step}`}
                  onWhy={(why) => void onAct({ act: 'retry_step', step: retried }, why)}
                />
              )}
            </td>
          </tr>
        );
      })}
    </Part>
  );
}

const numberOf = ({ attempt, again }: { attempt: number; again?: true | undefined }) =>
  again ? `${attempt} when run again` : `${attempt}`;

/** Each attempt by itself, where some step has had more than one that went well. */
export function Attempts({ attempts }: { attempts: Timeline['attempts'] }) {
  if (attempts.every(({ outcome, attempt }) => outcome === 'completed' && attempt === 1)) return null;
  return (
    <Part
      title="Attempts"
      head={['Step', 'Attempt', 'At (UTC)', 'Outcome', 'Code', 'Took', 'Waited for the next']}
    >
      {attempts.map(({ step, attempt, again, at, outcome, code, ms, waitMs }) => (
        <tr key={`${step} ${attempt} ${again}`}>
          <th scope="row">{step}</th>
          <td>{numberOf({ attempt, again })}</td>
          <td>{timeOf(at)}</td>
          <td>{outcome}</td>
          <td>{code}</td>
          <td>{ms === undefined ? '' : durationOf(ms)}</td>
          <td>{waitMs === undefined ? '' : durationOf(waitMs)}</td>
        </tr>
      ))}
    </Part>
  );
}

/** A name that holds the scan's id, without it: the page's heading has it, and it would take the room of what differs. */
const without = (name: string, scanId: string) => name.replace(scanId, '…');

/** The detail without the name of an act, by which the page finds it and auditors pair its entries. */
const shownOf = (detail: TimelineEvent['detail'] = {}) =>
  Object.fromEntries(Object.entries(detail).filter(([name]) => name !== 'actId'));

export function Events({ events, scanId }: { events: Timeline['events']; scanId: string }) {
  return (
    <Part
      title="Timeline"
      head={['At (UTC)', 'What', 'By', 'Attempts', 'Waited', 'Took', 'Outcome', 'Detail']}
    >
      {events.map((event, index) => (
        // Events have no id, and the list is read as a whole.
        // oxlint-disable-next-line react/no-array-index-key
        <tr key={index}>
          <td>{timeOf(event.at)}</td>
          <td>{event.what}</td>
          <td>{without(event.actor ?? event.from, scanId)}</td>
          <td>{event.attempts}</td>
          <td>{event.waitMs === undefined ? '' : durationOf(event.waitMs)}</td>
          <td>{event.ms === undefined ? '' : durationOf(event.ms)}</td>
          <td>{[event.outcome, event.code].filter(Boolean).join(' ')}</td>
          <td className="long">{detailOf(shownOf(event.detail))}</td>
        </tr>
      ))}
    </Part>
  );
}

export function Calls({ calls }: { calls: Timeline['calls'] }) {
  if (calls.length === 0) return null;
  return (
    <Part
      title="Model calls"
      head={['Step', 'Of', 'Model', 'Prompt', 'Asks', 'Tokens in', 'Tokens out', 'Took', 'US$']}
    >
      {calls.map(
        ({ step, failed, refused, model, promptVersion, asks, inputTokens, outputTokens, ms, usd }) => (
          <tr key={`${step} ${failed?.attempt} ${failed?.again} ${refused}`}>
            <th scope="row">{step}</th>
            <td>
              {failed
                ? `attempt ${numberOf(failed)}: ${failed.code}`
                : refused
                  ? 'declined, done without'
                  : 'the result'}
            </td>
            <td>{model ?? '–'}</td>
            <td>{promptVersion ?? '–'}</td>
            <td>{asks}</td>
            <td>{inputTokens}</td>
            <td>{outputTokens}</td>
            <td>{durationOf(ms)}</td>
            <td>{usd === null ? '–' : usd.toFixed(4)}</td>
          </tr>
        ),
      )}
    </Part>
  );
}

export function Pushes({ pushes }: { pushes: Timeline['pushes'] }) {
  if (pushes.length === 0)
    return <p className="hint">No device has got a push, or its record has run out.</p>;
  return (
    <Part title="Pushes" head={['Message', 'Device', 'Outcome']}>
      {pushes.map(({ status, platform, outcome }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- A device has no name here.
        <tr key={index}>
          <td>{status}</td>
          <td>{platform ?? 'gone'}</td>
          <td>{outcome}</td>
        </tr>
      ))}
    </Part>
  );
}

export function Deliveries({
  deliveries,
  scanId,
  onAct,
}: {
  deliveries: Timeline['deliveries'];
  scanId: string;
  onAct?: OnAct;
}) {
  if (deliveries.length === 0) return null;
  return (
    <Part title="Webhook deliveries" head={['Endpoint', 'Event', 'State', 'Attempts', 'Last status', 'Do']}>
      {deliveries.map(({ endpointId, eventId, state, attempts, lastStatus }) => (
        <tr key={`${endpointId} ${eventId}`}>
          <td>{endpointId}</td>
          <td>{without(eventId, scanId)}</td>
          <td>{state}</td>
          <td>{attempts}</td>
          <td>{lastStatus}</td>
          <td>
            {onAct && state !== 'pending' && (
              <AskWhy
                label="Deliver again"
                onWhy={(why) => void onAct({ act: 'webhook', endpointId, eventId }, why)}
              />
            )}
          </td>
        </tr>
      ))}
    </Part>
  );
}
