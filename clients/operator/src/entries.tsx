/** Entries of audit chains as a table. */

import type { ShownEntry } from '@reddyfit/shared/operator/audits';
import { Link } from './link.tsx';
import { addressOf } from './place.ts';
import { detailOf, timeOf } from './show.ts';
import { Table } from './table.tsx';

export function Entries({ entries }: { entries: readonly ShownEntry[] }) {
  return (
    <Table name="Entries" head={['At (UTC)', 'Chain', 'Action', 'By', 'Detail']}>
      {entries.map(({ chain, seq, at, action, actor, detail }) => (
        <tr key={`${chain} ${seq}`}>
          <td>{timeOf(at)}</td>
          <td className="long">
            {chain.includes(':') ? chain : <Link to={addressOf.scan(chain)}>{chain}</Link>}
          </td>
          <td>{action}</td>
          <td>{actor}</td>
          <td className="long">{detailOf(detail)}</td>
        </tr>
      ))}
    </Table>
  );
}
