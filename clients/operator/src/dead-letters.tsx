/** Webhook deliveries that were given up, by endpoint, with a button to deliver them again. */

import type { RedeliverDone, WatchView } from '@reddyfit/shared/operator/watch';
import { useEffect, useState } from 'react';
import { Told } from '../../web/src/told.tsx';
import { ActNames } from './act-names.ts';
import type { DeskApi } from './api.ts';
import { Part } from './part.tsx';
import { Refusal } from './refusal.tsx';
import { timeOf } from './show.ts';
import { AskWhy } from './why.tsx';

export function DeadLetters({
  api,
  mayAct,
  endpoints,
  onDone,
}: {
  api: DeskApi;
  mayAct: boolean;
  endpoints: WatchView['deadLetters'];
  onDone: () => void;
}) {
  const [error, setError] = useState<unknown>(null);
  const [said, setSaid] = useState('');
  // An act whose answer was lost keeps its name until the dead letters are read anew. What it began is none of them then.
  const [names] = useState(() => new ActNames());
  useEffect(() => names.lost.forEach((actId) => names.isKnown(actId)), [names, endpoints]);
  return (
    <>
      {error !== null && <Refusal error={error} />}
      {/* Stays when the last dead letter has gone. */}
      <Told>{said && <p>{said}</p>}</Told>
      {endpoints.length === 0 && <p className="hint">No webhook delivery was given up.</p>}
      {endpoints.length > 0 && (
        <Part title="Dead letters" head={['Endpoint', 'Deliveries', 'Do']}>
          {endpoints.map(({ endpointId, dead }) => (
            <tr key={endpointId}>
              <th scope="row">{endpointId}</th>
              <td>{dead}</td>
              <td>
                {mayAct && (
                  <AskWhy
                    label={`Deliver ${Math.min(dead, 500)} anew`}
                    told="It is recorded with your name in your own chain."
                    onWhy={(why) => {
                      setError(null);
                      setSaid('');
                      const actId = names.nameOf(endpointId);
                      api.redeliverDead(endpointId, { dryRun: false, actId, ...why }).then(
                        (redelivered) => {
                          names.isKnown(actId);
                          setSaid(saidOf(redelivered));
                          onDone();
                        },
                        (thrown: unknown) => {
                          setError(thrown);
                          if (names.hasFailed(actId, thrown)) onDone();
                        },
                      );
                    }}
                  />
                )}
              </td>
            </tr>
          ))}
        </Part>
      )}
    </>
  );
}

function saidOf({ deliveries, broken, more, before }: RedeliverDone): string {
  const began = `${deliveries} ${deliveries === 1 ? 'delivery' : 'deliveries'} began`;
  const then = before === undefined ? '' : ` before, at ${timeOf(before)} (UTC)`;
  const unread = broken.length > 0 ? ` Cannot be read: ${broken.join(', ')}.` : '';
  return `${began}${then}${more ? ', and there are more' : ''}.${unread}`;
}
