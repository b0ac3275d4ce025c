/** Entries of audit chains as a table. */

import type { ShownEntry } from '@reddyfit/shared/operator/audits';
import { Link } from './link.tsx';
import { addressOf } from './place.ts';
import { timeOf } from './show.ts';

export function Entries({ entries }: { entries: readonly ShownEntry[] }) {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label="Entries">
      <table>
        <thead>
          <tr>
            <th scope="col">At (UTC)</th>
            <th scope="col">Chain</th>
            <th scope="col">Action</th>
            <th scope="col">By</th>
            <th scope="col">Detail</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ chain, seq, at, action, actor, detail }) => (
            <tr key={`${chain} ${seq}`}>
              <td>{timeOf(at)}</td>
              <td>{chain.includes(':') ? chain : <Link to={addressOf.scan(chain)}>{chain}</Link>}</td>
              <td>{action}</td>
              <td>{actor}</td>
              <td>
                {Object.entries(detail)
                  .map(([name, value]) => `${name}=${value}`)
                  .join(' ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
