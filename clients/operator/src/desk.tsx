/** The desk of a user whose role is known: search, a scan, the watch, and for an auditor deletions and accesses. */

import type { OperatorSelf } from '@reddyfit/shared/operator/acts';
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
import { Watch } from './watch.tsx';

export function Desk({ api, self, onLeave }: { api: DeskApi; self: OperatorSelf; onLeave: () => void }) {
  const { scanId, see } = usePlace();
  // Kept while a scan is shown, so that going back shows the same results.
  const [search, setSearch] = useState(NOTHING_FOUND);
  const { role, may, until, links } = self;
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
        {scanId !== null && may.includes('see') && (
          <ScanView key={scanId} api={api} scanId={scanId} may={may} links={links} />
        )}
        {scanId !== null && may.includes('audit') && <Chain key={scanId} api={api} scanId={scanId} />}
        {scanId === null && see === 'accesses' && <AccessList api={api} />}
        {scanId === null && see === 'watch' && <Watch api={api} may={may} />}
        {scanId === null && see === 'deletions' && <Deletions api={api} />}
        {scanId === null && see === null && <Search api={api} may={may} found={search} onFound={setSearch} />}
      </main>
    </>
  );
}
