/** A section of the desk: one table under its heading. */

import { type ReactNode, useId } from 'react';
import { Table } from './table.tsx';

export function Part({
  title,
  head,
  children,
}: {
  title: string;
  head: readonly string[];
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section>
      <h2 id={id}>{title}</h2>
      <Table name={{ by: id }} head={head}>
        {children}
      </Table>
    </section>
  );
}
