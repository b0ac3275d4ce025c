/** Queries a running Prometheus. */

import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';

const answer = z.object({
  data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }),
});

/** Values of an expression now, one per series. Throws when Prometheus refuses. */
export async function query(prometheus: string, expression: string): Promise<number[]> {
  const url = `${prometheus}/api/v1/query?query=${encodeURIComponent(expression)}`;
  const response = await fetch(url);
  if (!response.ok) throw new Error(`Prometheus answered ${response.status}: ${await response.text()}`);
  return answer.parse(await response.json()).data.result.map(({ value: [, value] }) => Number(value));
}

/** Asks again and again until `holds` is true for the values. Rejects when `signal` is aborted. */
export async function untilQuery(
  prometheus: string,
  expression: string,
  holds: (values: number[]) => boolean,
  signal: AbortSignal,
): Promise<void> {
  while (!holds(await query(prometheus, expression))) await wait(200, undefined, { signal });
}
