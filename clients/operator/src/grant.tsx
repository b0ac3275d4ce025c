/** Grants scan credits to the user of a scan. */

import type { Why } from '@reddyfit/shared/operator/acts';
import { MAX_GRANT } from '@reddyfit/shared/account/credits';
import { useState } from 'react';
import { Told } from '../../web/src/told.tsx';
import { ActNames } from './act-names.ts';
import type { DeskApi } from './api.ts';
import { Refusal } from './refusal.tsx';
import { AskWhy } from './why.tsx';

export function Grant({ api, userId }: { api: DeskApi; userId: string }) {
  const [amount, setAmount] = useState(1);
  // A grant whose answer was lost keeps its name, so that the credits are granted once.
  const [names] = useState(() => new ActNames());
  const [said, setSaid] = useState('');
  const [error, setError] = useState<unknown>(null);
  const grant = (why: Why) => {
    setError(null);
    setSaid('');
    const { reason, reference } = why;
    const actId = names.nameOf(String(amount));
    api.grant(userId, { amount, actId, reason, reference }).then(
      ({ scanCredits, granted }) => {
        names.isKnown(actId);
        const done = granted ? 'Granted.' : 'It was granted before, once. Nothing more is granted now.';
        setSaid(`${done} The balance is ${scanCredits}.`);
      },
      (thrown: unknown) => {
        names.hasFailed(actId, thrown);
        setError(thrown);
      },
    );
  };
  return (
    <section>
      <h2>Credits of the user</h2>
      {error !== null && <Refusal error={error} />}
      <Told>{said && <p>{said}</p>}</Told>
      <div className="acts">
        <label className="field">
          Credits
          <input
            type="number"
            min={1}
            max={MAX_GRANT}
            value={amount}
            onChange={(event) => setAmount(event.currentTarget.valueAsNumber || 1)}
          />
        </label>
        <AskWhy
          label={`Grant ${amount}`}
          told="It is recorded with your name in the chain of the user, who can read it."
          onWhy={grant}
        />
      </div>
    </section>
  );
}
