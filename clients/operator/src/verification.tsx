/** For an auditor: verifies all chains and anchors, and shows how far that has come and what it finds. */

import type { AuditCheckFound, AuditCheckView } from '@reddyfit/shared/operator/audit-check';
import { useCallback, useEffect, useState } from 'react';
import type { DeskApi } from './api.ts';
import { Refusal } from './refusal.tsx';
import { timeOf } from './show.ts';
import { Part } from './part.tsx';

/** How often the progress is read while a verification runs (ms). */
const LOOK_MS = 5000;

const STATES = { running: 'It runs', done: 'It is done', stopped: 'It was stopped' };

/** What was last told, with what is known of it since earlier answers; and whether more is to come, so that it is asked again. */
interface Told {
  readonly view: AuditCheckView;
  readonly isOpen: boolean;
}

/** An answer that tells nothing, or of a running verification not how far it has come, leaves what was told before. */
function after(before: Told | null, seen: AuditCheckView): Told {
  const isOpen = seen.state === 'running' || seen.state === 'unknown';
  const last = before?.view;
  if (last && last.state !== 'never' && seen.state === 'unknown')
    return { view: { ...last, gaps: seen.gaps }, isOpen };
  if (last?.state === 'running' && seen.state === 'running')
    return { view: { ...seen, found: seen.found ?? last.found }, isOpen };
  return { view: seen, isOpen };
}

export function Verification({ api }: { api: DeskApi }) {
  const [told, setTold] = useState<Told | null>(null);
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
      {!view && error === null && <p role="status">Loading…</p>}
      {view && (
        <>
          <p role="status">
            {view.state === 'never'
              ? 'None was verified, or its result is kept no longer.'
              : view.state !== 'unknown' &&
                `${STATES[view.state]}. Begun at ${timeOf(view.startedAt!)}${view.endedAt ? `, ended at ${timeOf(view.endedAt)}` : ''} UTC.`}
          </p>
          {view.gaps.map((gap) => (
            <p key={gap} role="alert" className="notice">
              {gap}
            </p>
          ))}
          {view.found && <Found found={view.found} isDone={view.state === 'done'} />}
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

function Found({ found, isDone }: { found: AuditCheckFound; isDone: boolean }) {
  const { anchors, heldAgainst, chains, entries, broken, faults } = found;
  const isWhole = isDone && anchors.broken + broken === 0;
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
      {isWhole && <p>All of it is whole.</p>}
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
