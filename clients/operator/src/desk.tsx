/** The desk of a user whose role is known: search, a scan, the watch, and for an auditor chains, deletions and accesses. */

import type { OperatorSelf } from '@reddyfit/shared/operator/acts';
import type { OperatorPermission } from '@reddyfit/shared/operator/roles';
import { useState } from 'react';
import { AccessList } from './access-list.tsx';
import type { DeskApi } from './api.ts';
import { Chain } from './chain.tsx';
import { Deletions } from './deletions.tsx';
import { Link } from './link.tsx';
import { addressOf, usePlace } from './place.ts';
import { ScanView } from './scan-view.tsx';
import { NOTHING_FOUND, Search } from './search.tsx';
import { timeOf } from './show.ts';
import { Verification } from './verification.tsx';
import { Watch } from './watch.tsx';

/** The parts of the desk beside a scan, by the name that the address has for them. */
const PARTS = ['search', 'watch', 'verification', 'deletions', 'accesses'] as const;

const NEEDED: Record<(typeof PARTS)[number], OperatorPermission> = {
  search: 'find',
  watch: 'watch',
  verification: 'audit',
  deletions: 'audit',
  accesses: 'audit',
};

export function Desk({ api, self, onLeave }: { api: DeskApi; self: OperatorSelf; onLeave: () => void }) {
  const { scanId, see } = usePlace();
  // Kept while a scan is shown, so that going back shows the same results.
  const [search, setSearch] = useState(NOTHING_FOUND);
  const { role, may, until, links } = self;
  const part = PARTS.find((name) => name === see) ?? 'search';
  const needed = scanId === null ? NEEDED[part] : may.includes('audit') ? 'audit' : 'see';
  // An address may name a part that the role does not have.
  const shown = scanId === null && may.includes(needed) ? part : null;
  return (
    <>
      <header className="bar">
        <span className="brand">ReddyFit desk</span>
        <nav aria-label="Desk">
          <Link to={addressOf.search()} current={scanId === null && see === null}>
            Search
          </Link>
          {may.includes('watch') && (
            <Link to={addressOf.watch()} current={see === 'watch'}>
              Watch
            </Link>
          )}
          {may.includes('audit') && (
            <Link to={addressOf.verification()} current={see === 'verification'}>
              Chains
            </Link>
          )}
          {may.includes('audit') && (
            <Link to={addressOf.deletions()} current={see === 'deletions'}>
              Deletions
            </Link>
          )}
          {may.includes('audit') && (
            <Link to={addressOf.accesses()} current={see === 'accesses'}>
              Who saw what
            </Link>
          )}
        </nav>
        <span className="hint">
          {role}, until {timeOf(until)} UTC
        </span>
        <button type="button" className="quiet" onClick={onLeave}>
          Sign out
        </button>
      </header>
      <main className="desk">
        {!may.includes(needed) && <p role="alert">Your role does not show this.</p>}
        {scanId !== null && may.includes('see') && (
          <ScanView key={scanId} api={api} scanId={scanId} may={may} links={links} />
        )}
        {scanId !== null && may.includes('audit') && <Chain key={scanId} api={api} scanId={scanId} />}
        {shown === 'verification' && <Verification api={api} />}
        {shown === 'accesses' && <AccessList api={api} />}
        {shown === 'watch' && <Watch api={api} may={may} />}
        {shown === 'deletions' && <Deletions api={api} />}
        {shown === 'search' && <Search api={api} may={may} found={search} onFound={setSearch} />}
      </main>
    </>
  );
}
