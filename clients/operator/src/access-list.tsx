/** Who saw whose data when, in a period, and as a file: for an auditor. */

import type { Accesses } from '@reddyfit/shared/operator/audits';
import { type SyntheticEvent, useMemo, useState } from 'react';
import type { DeskApi } from './api.ts';
import { Entries } from './entries.tsx';
import { Refusal } from './refusal.tsx';

export function AccessList({ api }: { api: DeskApi }) {
  const [found, setFound] = useState<Accesses | null>(null);
  const [error, setError] = useState<unknown>(null);
  const file = useMemo(
    () => found && `data:application/json,${encodeURIComponent(JSON.stringify(found, null, 2))}`,
    [found],
  );
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const [from, to, operator] = ['from', 'to', 'operator'].map((name) => String(fields.get(name)));
    const time = (day: string) => `${day}T00:00:00Z`;
    setError(null);
    api
      .accesses({ from: time(from!), to: time(to!), ...(operator && { operator }) })
      .then(setFound, setError);
  };
  return (
    <>
      <h1>Who saw what</h1>
      <form onSubmit={submit} className="card search">
        <label className="field">
          From the day
          <input name="from" type="date" required />
        </label>
        <label className="field">
          To before the day
          <input name="to" type="date" required />
        </label>
        <label className="field wide">
          Operator (user id)
          <input name="operator" placeholder="all" autoComplete="off" />
        </label>
        <button>Show</button>
      </form>
      {error !== null && <Refusal error={error} />}
      {found && (
        <>
          <p role="status">
            {found.entries.length} entries{found.more && ', and there are more: shorten the period'}.
          </p>
          <Entries entries={found.entries} />
          <a href={file!} download="accesses.json">
            Download as JSON
          </a>
        </>
      )}
    </>
  );
}
