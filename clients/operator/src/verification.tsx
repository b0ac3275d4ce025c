/** For an auditor: verifies all chains and anchors, and shows how far that has come and what it finds. */

import type { AuditCheckFound, AuditCheckView } from '@reddyfit/shared/operator/audit-check';
import { useCallback, useEffect, useState } from 'react';
import { Told } from '../../web/src/told.tsx';
import type { DeskApi } from './api.ts';
import { Refusal } from './refusal.tsx';
import { timeOf } from './show.ts';
import { Part } from './part.tsx';

/** How often the progress is read while a verification runs (ms). */
const LOOK_MS = 5000;

const STATES = { running: 'It runs', done: 'It is done', stopped: 'It was stopped' };

/** What was last told, with what is known of it since earlier answers; and whether more is to come, so that it is asked again. */
interface Known {
  readonly view: AuditCheckView;
  readonly isOpen: boolean;
}

/** An answer that tells nothing, or of a running verification not how far it has come, leaves what was told before. */
function after(before: Known | null, seen: AuditCheckView): Known {
  const isOpen = seen.state === 'running' || seen.state === 'unknown';
  const last = before?.view;
  if (last && last.state !== 'never' && seen.state === 'unknown')
    return { view: { ...last, gaps: seen.gaps }, isOpen };
  if (last?.state === 'running' && seen.state === 'running')
    return { view: { ...seen, found: seen.found ?? last.found }, isOpen };
  return { view: seen, isOpen };
}

export function Verification({ api }: { api: DeskApi }) {
  const [told, setTold] = useState<Known | null>(null);
  const [error, setError] = useState<unknown>(null);
  const take = useCallback((seen: AuditCheckView) => {
    setTold((before) => after(before, seen));
    setError(null);
  }, []);
  useEffect(() => {
    api.chainsChecked().then(take, setError);
  }, [api, take]);
  const isOpen = told?.isOpen ?? false;
  useEffect(() => {
    if (!isOpen) return undefined;
    const timer = setInterval(() => void api.chainsChecked().then(take, setError), LOOK_MS);
    return () => clearInterval(timer);
  }, [api, take, isOpen]);
  const view = told?.view;
  const isRunning = view?.state === 'running';
  return (
    <>
      <h1>Chains and anchors</h1>
      {error !== null && <Refusal error={error} />}
      <Told>
        {!view && error === null && <p>Loading…</p>}
        {view && view.state !== 'unknown' && <p>{standing(view)}</p>}
        {view?.state === 'done' && isWhole(view.found) && <p>All of it is whole.</p>}
      </Told>
      {view && (
        <>
          {view.gaps.map((gap) => (
            <p key={gap} role="alert" className="notice">
              {gap}
            </p>
          ))}
          {view.found && <Found found={view.found} />}
          {/* It stays while one runs, and keeps the focus: a button that is disabled or gone would lose it. */}
          <button
            type="button"
            aria-disabled={isRunning}
            onClick={() => {
              if (!isRunning) void api.checkChains().then(take, setError);
            }}
          >
            Verify all chains and anchors
          </button>
        </>
      )}
    </>
  );
}

/** How the verification stands, in a sentence. */
function standing({ state, startedAt, endedAt }: AuditCheckView): string {
  if (state === 'never' || state === 'unknown') return 'None was verified, or its result is kept no longer.';
  const ended = endedAt ? `, ended at ${timeOf(endedAt)}` : '';
  return `${STATES[state]}. Begun at ${timeOf(startedAt!)}${ended} UTC.`;
}

const isWhole = (found: AuditCheckFound | null) =>
  found !== null && found.anchors.broken + found.broken === 0;

function Found({ found }: { found: AuditCheckFound }) {
  const { anchors, heldAgainst, chains, entries, broken, faults } = found;
  return (
    <>
      <Part title="What was verified" head={['What', 'Verified', 'Not whole', 'Of']}>
        <tr>
          <th scope="row">anchors</th>
          <td>
            {anchors.checked} of {anchors.there}
            {anchors.more && ', the latest'}
          </td>
          <td>{anchors.broken}</td>
          <td>{anchors.first ? `${anchors.first} to ${anchors.last}` : '–'}</td>
        </tr>
        <tr>
          <th scope="row">chains</th>
          <td>
            {chains} with {entries} entries
          </td>
          <td>{broken}</td>
          <td>{heldAgainst ? `held against the anchor of ${heldAgainst}` : 'held against no anchor'}</td>
        </tr>
      </Part>
      {faults.map((fault) => (
        <p key={fault} role="alert" className="notice">
          {fault}
        </p>
      ))}
      {anchors.broken + broken > faults.length && (
        <p className="hint">Only the first {faults.length} are shown.</p>
      )}
    </>
  );
}
