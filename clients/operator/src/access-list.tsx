/** For an auditor: lists who saw whose data in a period, and offers the list as a signed file. */

import type { Accesses, AccessesRequest } from '@reddyfit/shared/operator/audits';
import { type SyntheticEvent, useEffect, useState } from 'react';
import { Told } from '../../web/src/told.tsx';
import type { DeskApi } from './api.ts';
import { Entries } from './entries.tsx';
import { PeriodFields, periodOf } from './period-fields.tsx';
import { Refusal } from './refusal.tsx';

export function AccessList({ api }: { api: DeskApi }) {
  const [asked, setAsked] = useState<AccessesRequest | null>(null);
  const [found, setFound] = useState<Accesses | null>(null);
  const [file, setFile] = useState('');
  useEffect(() => () => URL.revokeObjectURL(file), [file]);
  const [error, setError] = useState<unknown>(null);
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const operator = String(new FormData(event.currentTarget).get('operator'));
    const wanted = { ...periodOf(event.currentTarget), ...(operator && { operator }) };
    setError(null);
    setFile('');
    setFound(null);
    setAsked(wanted);
    api.accesses(wanted).then(setFound, setError);
  };
  const sign = () => {
    setError(null);
    setFile('');
    api.exportAccesses(asked!).then((signed) => {
      // Browsers save at most two megabytes from a data: URL, hence an object URL.
      const blob = new Blob([JSON.stringify(signed)], { type: 'application/jose+json' });
      setFile(URL.createObjectURL(blob));
    }, setError);
  };
  return (
    <>
      <h1>Who saw what</h1>
      <form onSubmit={submit} className="card search">
        <PeriodFields />
        <label className="field wide">
          Operator (user id)
          <input name="operator" placeholder="all" autoComplete="off" />
        </label>
        <button>Show</button>
      </form>
      {error !== null && <Refusal error={error} />}
      <Told>
        {found && (
          <p>
            {found.entries.length} entries{found.more && ', and there are more: shorten the period'}.
          </p>
        )}
      </Told>
      <Told>{file && <p>The export is signed, and can be downloaded.</p>}</Told>
      {found && (
        <>
          <button type="button" className="quiet" onClick={sign}>
            Sign an export
          </button>
          {file && (
            <p>
              <a href={file} download="accesses.jws.json">
                Download the signed export
              </a>
            </p>
          )}
          <Entries entries={found.entries} />
        </>
      )}
    </>
  );
}
