/** Looks for scans, and lists them a page at a time. */

import { ERROR_CODES } from '@reddyfit/shared/errors';
import type { FoundScan } from '@reddyfit/shared/operator/find';
import { SCAN_STATUSES } from '@reddyfit/shared/scan/statuses';
import { type SyntheticEvent, useState } from 'react';
import type { DeskApi } from './api.ts';
import { Link } from './link.tsx';
import { addressOf } from './place.ts';
import { Refusal } from './refusal.tsx';
import { durationOf, timeOf } from './show.ts';
import { Table } from './table.tsx';

/** What a search looks by → its field's name. Numbers are told from texts by `…Seconds`. */
const BY = {
  scanId: 'Scan id',
  userId: 'User id',
  email: 'E-mail of the user',
  eventId: 'Webhook event',
  deviceToken: 'Push token',
  build: 'Build',
  slowerThanSeconds: 'Slower than (s), slowest first',
  stuckForSeconds: 'Stuck for (s)',
} as const;

export interface Found {
  readonly wanted: object;
  /** Null before anything was looked for. */
  readonly scans: readonly FoundScan[] | null;
  readonly cursor: string | null;
}
export const NOTHING_FOUND: Found = { wanted: {}, scans: null, cursor: null };

function wantedOf(form: HTMLFormElement): object {
  const fields = new FormData(form);
  const text = (name: string) => String(fields.get(name) ?? '').trim();
  const [by, value] = [text('by'), text('value')];
  const time = (name: string) => (text(name) ? new Date(`${text(name)}Z`).toISOString() : undefined);
  const wanted = {
    [by]: value && (by.endsWith('Seconds') ? Number(value) : value),
    status: text('status'),
    errorCode: text('errorCode'),
    from: time('from'),
    to: time('to'),
  };
  return Object.fromEntries(Object.entries(wanted).filter(([, one]) => one !== '' && one !== undefined));
}

export function Search({
  api,
  found: { wanted, scans, cursor },
  onFound,
}: {
  api: DeskApi;
  found: Found;
  onFound: (found: Found) => void;
}) {
  const [error, setError] = useState<unknown>(null);
  const look = async (asked: object, before: readonly FoundScan[], after: string | null) => {
    setError(null);
    try {
      const page = await api.find({ ...asked, ...(after && { cursor: after }) });
      onFound({ wanted: asked, scans: [...before, ...page.scans], cursor: page.cursor });
    } catch (thrown) {
      setError(thrown);
    }
  };
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    void look(wantedOf(event.currentTarget), [], null);
  };
  return (
    <>
      <h1>Find scans</h1>
      <form onSubmit={submit} className="card search" role="search">
        <label className="field">
          By
          <select name="by">
            {Object.entries(BY).map(([field, name]) => (
              <option key={field} value={field}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className="field wide">
          Value
          <input name="value" autoComplete="off" placeholder="all" />
        </label>
        <Choice name="status" label="Status" values={SCAN_STATUSES} />
        <Choice name="errorCode" label="Error" values={ERROR_CODES} />
        <label className="field">
          From (UTC)
          <input name="from" type="datetime-local" />
        </label>
        <label className="field">
          To (UTC)
          <input name="to" type="datetime-local" />
        </label>
        <button>Find</button>
      </form>
      {error !== null && <Refusal error={error} />}
      {scans?.length === 0 && <p role="status">No scan is found.</p>}
      {scans && scans.length > 0 && <Results scans={scans} />}
      {scans && cursor && (
        <button type="button" className="quiet" onClick={() => void look(wanted, scans, cursor)}>
          More
        </button>
      )}
    </>
  );
}

function Choice({ name, label, values }: { name: string; label: string; values: readonly string[] }) {
  return (
    <label className="field">
      {label}
      <select name={name}>
        <option value="">any</option>
        {values.map((value) => (
          <option key={value}>{value}</option>
        ))}
      </select>
    </label>
  );
}

function Results({ scans }: { scans: readonly FoundScan[] }) {
  return (
    <Table name="Scans that were found" head={['Created (UTC)', 'Scan', 'User', 'Status', 'Took']}>
      {scans.map(({ scanId, userId, status, errorCode, createdAt, ms }) => (
        <tr key={scanId}>
          <td>{timeOf(createdAt)}</td>
          <td>
            <Link to={addressOf.scan(scanId)}>{scanId}</Link>
          </td>
          <td>{userId}</td>
          <td>
            {status} {errorCode}
          </td>
          <td>{durationOf(ms)}</td>
        </tr>
      ))}
    </Table>
  );
}
