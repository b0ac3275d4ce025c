/** Webhook deliveries that were given up, by endpoint, with a button to deliver them again. */

import type { WatchView } from '@reddyfit/shared/operator/watch';
import { useState } from 'react';
import { Told } from '../../web/src/told.tsx';
import type { DeskApi } from './api.ts';
import { Part } from './part.tsx';
import { Refusal } from './refusal.tsx';
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
  // Identifies the act, so that repeating a request whose answer was lost starts no delivery twice.
  const [actId, setActId] = useState(() => crypto.randomUUID());
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
                      const act = { dryRun: false, actId, ...why };
                      api.redeliverDead(endpointId, act).then(({ deliveries, broken, more }) => {
                        setActId(crypto.randomUUID());
                        const unread = broken.length > 0 ? ` Cannot be read: ${broken.join(', ')}.` : '';
                        setSaid(
                          `${deliveries} ${deliveries === 1 ? 'delivery' : 'deliveries'} began${more ? ', and there are more' : ''}.${unread}`,
                        );
                        onDone();
                      }, setError);
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
