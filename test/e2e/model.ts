/** The controls of the model stand-in for a test: faults to come, and the requests it received. */

import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { faultRequest, Target } from '../../local/stand-ins/model/faults.ts';

/** One request to the model that has ended. */
export interface Asked {
  /** HTTP status of its answer; 499 when the client gave up. */
  readonly status: number;
  /** When it ended (ms since 1970). */
  readonly at: number;
  /** The FACTS in the request. */
  readonly facts: Record<string, unknown>;
}

const journal = z.array(
  z.looseObject({
    timestamp: z.number(),
    body: z.looseObject({ messages: z.array(z.looseObject({ content: z.unknown() })) }),
    response: z.looseObject({ status: z.number() }),
  }),
);

/** How long a request may take to arrive (ms) on a busy machine. */
const STRUCK_MS = 180_000;

/** Controls of the stand-in at `url`. With `whose`, a user's `safety_identifier`, they concern only that user's requests. */
export function modelAt(url: string, whose?: string) {
  return {
    /** Makes the next requests of a step fail. */
    async fault(fault: z.input<typeof faultRequest>): Promise<void> {
      const body = JSON.stringify({ ...fault, ...(whose && { whose }) });
      const answer = await fetch(`${url}/__faults`, { method: 'POST', body });
      if (!answer.ok) throw new Error(`the model stand-in refused the fault: ${await answer.text()}`);
    },
    /** Faults that have not struck yet. */
    async waitingFaults(): Promise<unknown[]> {
      const answer = await fetch(`${url}/__faults`);
      const { faults } = (await answer.json()) as { faults: { whose?: string }[] };
      return whose === undefined ? faults : faults.filter((fault) => fault.whose === whose);
    },
    /** Resolves once every fault has struck, so the requests for which they were set have arrived. */
    async untilStruck(): Promise<void> {
      const signal = AbortSignal.timeout(STRUCK_MS);
      while ((await this.waitingFaults()).length > 0) await wait(20, undefined, { signal });
    },
    async clearFaults(): Promise<void> {
      await fetch(`${url}/__faults${whose ? `?whose=${whose}` : ''}`, { method: 'DELETE' });
    },
    /** Requests of a step that ended at or after `since` (ms since 1970), oldest first. */
    async asked(step: Target, since: number): Promise<Asked[]> {
      const answer = await fetch(`${url}/__aimock/journal?service=${step}`);
      return journal
        .parse(await answer.json())
        .filter(({ timestamp }) => timestamp >= since)
        .map(({ timestamp, body, response }) => ({
          at: timestamp,
          status: response.status,
          text: body.messages.map(({ content }) => textOf(content)).join('\n'),
        }))
        .filter(({ text }) => whose === undefined || text.includes(`ASKER ${whose}`))
        .map(({ text, ...rest }) => ({ ...rest, facts: factsOf(text) }));
    },
  };
}

function textOf(content: unknown): string {
  return typeof content === 'string' ? content : JSON.stringify(content);
}

function factsOf(text: string): Record<string, unknown> {
  const facts = /^FACTS (\{.*\})$/m.exec(text)?.[1];
  return z.record(z.string(), z.unknown()).parse(JSON.parse(facts ?? '{}'));
}
