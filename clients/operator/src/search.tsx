/** Searches for scans, and lists them a page at a time. */

import { DESK_ERROR_CODES } from '@reddyfit/shared/operator/error-codes';
import type { FoundScan } from '@reddyfit/shared/operator/find';
import { SCAN_STATUSES } from '@reddyfit/shared/scan/statuses';
import { type SyntheticEvent, useState } from 'react';
import type { OperatorPermission } from '@reddyfit/shared/operator/roles';
import { ActOnMany } from './act-on-many.tsx';
import type { DeskApi } from './api.ts';
import { Link } from './link.tsx';
import { Told } from '../../web/src/told.tsx';
import { addressOf } from './place.ts';
import { Refusal } from './refusal.tsx';
import { durationOf, timeOf } from './show.ts';
import { Table } from './table.tsx';

/** Search criterion → label of its field. A name that ends in `Seconds` takes a number; all others take text. */
const BY = {
  scanId: 'Scan id',
  userId: 'User id',
  email: 'E-mail of the user',
  eventId: 'Webhook event',
  deviceToken: 'Push token',
  slowerThanSeconds: 'Slower than (s), slowest first',
  stuckForSeconds: 'Stuck for (s)',
} as const;

export interface Found {
  readonly wanted: object;
  /** Null before the first search. */
  readonly scans: readonly FoundScan[] | null;
  readonly cursor: string | null;
}
export const NOTHING_FOUND: Found = { wanted: {}, scans: null, cursor: null };

function wantedOf(form: HTMLFormElement): object {
  const fields = new FormData(form);
  const text = (name: string) => String(fields.get(name) ?? '').trim();
  const [by, value] = [text('by'), text('value')];
  // A page gives minutes, or seconds where somebody has typed them. The server says what is wrong with a time that is none.
  const time = (name: string) => text(name) && `${text(name)}${/T\d\d:\d\d$/.test(text(name)) ? ':00' : ''}Z`;
  const wanted = {
    [by]: value && (by.endsWith('Seconds') ? Number(value) : value),
    status: text('status'),
    errorCode: text('errorCode'),
    build: text('build'),
    from: time('from'),
    to: time('to'),
  };
  return Object.fromEntries(Object.entries(wanted).filter(([, one]) => one !== ''));
}

export function Search({
  api,
  may,
  found: { wanted, scans, cursor },
  onFound,
}: {
  api: DeskApi;
  may: readonly OperatorPermission[];
  found: Found;
  onFound: (found: Found) => void;
}) {
  const [error, setError] = useState<unknown>(null);
  // True while a request is pending, so that a second press sends nothing: each page counts towards a limit.
  const [asking, setAsking] = useState(false);
  // False after a search that followed an act, which speaks for itself.
  const [isSpoken, setIsSpoken] = useState(true);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const look = async (asked: object, before: readonly FoundScan[], after: string | null, spoken = true) => {
    setError(null);
    setAsking(true);
    setIsSpoken(spoken);
    try {
      const page = await api.find({ ...asked, ...(after && { cursor: after }) });
      onFound({ wanted: asked, scans: [...before, ...page.scans], cursor: page.cursor });
    } catch (thrown) {
      setError(thrown);
    } finally {
      setAsking(false);
    }
  };
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    setChosen(new Set());
    void look(wantedOf(event.currentTarget), [], null);
  };
  const count = scans && !asking && error === null && (
    <p className={scans.length > 0 ? 'hint' : ''}>
      {scans.length === 0
        ? 'No scan is found.'
        : `${scans.length} ${scans.length === 1 ? 'scan is' : 'scans are'} shown${cursor ? ', and there are more' : ''}.`}
    </p>
  );
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
        <Choice name="errorCode" label="Error" values={DESK_ERROR_CODES} />
        <label className="field">
          Build
          <input name="build" autoComplete="off" placeholder="any" />
        </label>
        <label className="field">
          From (UTC)
          <input name="from" type="datetime-local" />
        </label>
        <label className="field">
          To (UTC)
          <input name="to" type="datetime-local" />
        </label>
        <button disabled={asking}>Find</button>
      </form>
      {error !== null && <Refusal error={error} />}
      <Told>{isSpoken && count}</Told>
      {!isSpoken && count}
      {scans && scans.length > 0 && (
        <Results scans={scans} {...(may.includes('act') && { chosen, onChosen: setChosen })} />
      )}
      {scans && cursor && (
        <button
          type="button"
          className="quiet"
          disabled={asking}
          onClick={() => void look(wanted, scans, cursor)}
        >
          More
        </button>
      )}
      {chosen.size > 0 && (
        <ActOnMany api={api} scanIds={[...chosen]} onDone={() => void look(wanted, [], null, false)} />
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

function Results({
  scans,
  chosen,
  onChosen,
}: {
  scans: readonly FoundScan[];
  /** Absent for a user who may not act. */
  chosen?: ReadonlySet<string>;
  onChosen?: (chosen: ReadonlySet<string>) => void;
}) {
  const toggle = (scanId: string) => {
    const next = new Set(chosen);
    if (!next.delete(scanId)) next.add(scanId);
    onChosen?.(next);
  };
  const head = ['Scan', 'Status', 'Created (UTC)', 'User', 'Build', 'Took'];
  return (
    <>
      {chosen && (
        <button
          type="button"
          className="quiet"
          onClick={() => onChosen?.(new Set(chosen.size > 0 ? [] : scans.map(({ scanId }) => scanId)))}
        >
          {chosen.size > 0 ? 'Choose none' : 'Choose all shown'}
        </button>
      )}
      <Table name="Scans that were found" head={chosen ? ['Choose', ...head] : head}>
        {scans.map(({ scanId, userId, status, errorCode, createdAt, build, ms, broken }) => (
          <tr key={scanId}>
            {chosen && (
              <td>
                <input
                  type="checkbox"
                  aria-label={`Choose ${scanId}`}
                  checked={chosen.has(scanId)}
                  onChange={() => toggle(scanId)}
                />
              </td>
            )}
            <td>
              <Link to={addressOf.scan(scanId)}>{scanId}</Link>
            </td>
            <td>
              {status} {errorCode}
              {broken && <em className="broken"> cannot be read: {broken.join(', ')}</em>}
            </td>
            <td>{timeOf(createdAt)}</td>
            <td>{userId}</td>
            <td>{build}</td>
            <td>{durationOf(ms)}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}
