/** Shows what a drawing shows as a table, opened on request: a value in each row, with its interval. */

import type { AppWords } from '@reddyfit/shared/words/app/en';

interface Row {
  readonly key: string | number;
  /** What the row is about, in words. */
  readonly head: string;
  readonly value: number;
  /** The ends of the interval; a dash stands where one is absent. */
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

/** `head` names the first column, which needs no name where its rows name themselves; `of` the values. `write` writes a number. */
export function IntervalTable({
  words,
  head,
  of,
  rows,
  write,
}: {
  words: AppWords;
  head?: string;
  of: string;
  rows: readonly Row[];
  write: (value: number) => string;
}) {
  return (
    <details>
      <summary>{words.asTable}</summary>
      <table>
        <thead>
          <tr>
            {head ? <th scope="col">{head}</th> : <td />}
            <th scope="col">{of}</th>
            <th scope="col">{words.interval}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, head: said, value, low, high }) => (
            <tr key={key}>
              <th scope="row">{said}</th>
              <td>{write(value)}</td>
              <td>{low !== undefined && high !== undefined ? `${write(low)} – ${write(high)}` : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
