/**
 * The stand-in for the model, in the bench's own process: answers each step after its time, and keeps who asked when, so that
 * the bench can hit the middle of a step and count the steps that ran twice.
 */

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { NOMINAL_SECONDS, STEP_NAMES, type StepName } from '@reddyfit/shared/scan/steps';
import { z } from 'zod';

const question = z.object({ scanId: z.string(), step: z.enum(STEP_NAMES) });

/** About as long as the text of a real answer. */
const TEXT = 'Your body fat is a little lower than two weeks ago. '.repeat(16);

/** One question, as it came (ms of `performance.now()`). */
export interface Call {
  readonly scanId: string;
  readonly step: StepName;
  readonly at: number;
}

export interface Model {
  readonly url: string;
  /** From now on a step of this scan takes `pace` times its nominal time. */
  setPace(scanId: string, pace: number): void;
  /** The questions about a scan, in their order. */
  callsOf(scanId: string): readonly Call[];
  /** Resolves with the next question that `fits`. */
  nextCall(fits: (call: Call) => boolean): Promise<Call>;
  stop(): Promise<void>;
}

/** Time that the model takes for a step (ms). */
export const stepMs = (step: StepName, pace: number) => NOMINAL_SECONDS[step] * pace * 1000;

export async function startModel(): Promise<Model> {
  const paces = new Map<string, number>();
  const calls = new Map<string, Call[]>();
  const waiting = new Set<{ fits: (call: Call) => boolean; resolve: (call: Call) => void }>();
  let count = 0;
  const server = createServer(async (request, response) => {
    const { scanId, step } = question.parse(JSON.parse(await text(request)));
    const call = { scanId, step, at: performance.now() };
    calls.set(scanId, [...(calls.get(scanId) ?? []), call]);
    for (const one of waiting) {
      if (!one.fits(call)) continue;
      waiting.delete(one);
      one.resolve(call);
    }
    await wait(stepMs(step, paces.get(scanId) ?? 1));
    response.end(JSON.stringify({ call: (count += 1), text: TEXT }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    setPace: (scanId, pace) => void paces.set(scanId, pace),
    callsOf: (scanId) => calls.get(scanId) ?? [],
    nextCall(fits) {
      const { promise, resolve } = Promise.withResolvers<Call>();
      waiting.add({ fits, resolve });
      return promise;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
