/** For an auditor: what was deleted in a period, and how long the remaining data is kept. */

import type { DeletionLedger } from '@reddyfit/shared/operator/audits';
import { type SyntheticEvent, useState } from 'react';
import { Told } from '../../web/src/told.tsx';
import type { DeskApi } from './api.ts';
import { Entries } from './entries.tsx';
import { Part } from './part.tsx';
import { PeriodFields, periodOf } from './period-fields.tsx';
import { Refusal } from './refusal.tsx';

export function Deletions({ api }: { api: DeskApi }) {
  const [ledger, setLedger] = useState<DeletionLedger | null>(null);
  const [error, setError] = useState<unknown>(null);
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    setError(null);
    setLedger(null);
    api.deletions(periodOf(event.currentTarget)).then(setLedger, setError);
  };
  return (
    <>
      <h1>Deletions</h1>
      <form onSubmit={submit} className="card search">
        <PeriodFields />
        <button>Show</button>
      </form>
      {error !== null && <Refusal error={error} />}
      <Told>
        {ledger && (
          <p>
            {ledger.entries.length} entries{ledger.more && ', and there are more: shorten the period'}.
          </p>
        )}
      </Told>
      {ledger && (
        <>
          <Entries entries={ledger.entries} />
          <Part title="What is kept, and for how long" head={['What', 'Kept', 'Deleted by']}>
            {ledger.retention.map(({ what, kept, by }) => (
              <tr key={what}>
                <th scope="row" className="long">
                  {what}
                </th>
                <td className="long">{kept}</td>
                <td className="long">{by}</td>
              </tr>
            ))}
          </Part>
        </>
      )}
    </>
  );
}
