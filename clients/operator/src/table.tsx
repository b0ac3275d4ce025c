/** A table of the desk, which a narrow screen scrolls sideways. */

import type { ReactNode } from 'react';

/** `name` is the table's label, or `{ by }` with the id of the heading that labels it. */
export function Table({
  name,
  head,
  children,
}: {
  name: string | { by: string };
  head: readonly string[];
  children: ReactNode;
}) {
  const label = typeof name === 'string' ? { 'aria-label': name } : { 'aria-labelledby': name.by };
  return (
    <div className="scroll" tabIndex={0} role="region" {...label}>
      <table>
        <thead>
          <tr>
            {head.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
