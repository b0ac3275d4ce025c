/** Lets the contenders take turns, so that what else the machine does falls on all alike. */

import { loadavg } from 'node:os';
import type { StepName } from '@reddyfit/shared/scan/steps';
import { coreSeconds } from '../cost/usage.ts';
import type { Setting } from './contender.ts';
import {
  type Alone,
  type Bench,
  type Moment,
  recover,
  type Recovered,
  type Running,
  scanAlone,
  scansTogether,
  settle,
  type Together,
} from './measure.ts';
import { stepMs } from './model.ts';
import { ORDER } from './order.ts';
import type { Product } from './product.ts';
import type { Figures } from './table.ts';

export interface Plan {
  /** Scans of each contender alone. */
  readonly alone: number;
  /** How often many scans run at once, and how many, of an engine and of the product. */
  readonly rounds: number;
  readonly atOnce: number;
  readonly productAtOnce: number;
  /** How often a worker is killed, in each way. */
  readonly kills: number;
  /** Scales the model's times: of scans alone and of those that are disturbed, and of many at once. */
  readonly pace: number;
  readonly quickPace: number;
}

/** One of those that take turns. */
interface Contestant {
  readonly name: string;
  readonly modelSeconds: number;
  /** Processor time so far (s). */
  used(): number;
  alone(): Promise<Alone>;
  together(): Promise<Together>;
  /** One function for each way of killing a worker, by its description. */
  readonly kills: Readonly<Record<string, (step: StepName) => Promise<Recovered>>>;
}

/** The steps that are hit, one in each round: early and late, long and short. The last is not among those whose result is awaited. */
const HIT: readonly StepName[] = ['estimation', 'insights', 'qualityCheck', 'workout', 'delta'];

/** The product takes photos in the estimation, and runs the steps after it beside each other. */
const PRODUCT_HIT: readonly StepName[] = ['estimation', 'insights'];

const WORDS: Record<Moment, string> = {
  middle: 'in the middle of a step',
  shown: "as a step's result shows",
};

export function engineOf(bench: Bench, running: Running, plan: Plan): Contestant {
  const { contender } = running;
  const kill = (setting: Setting, moment: Moment) => async (step: StepName) => {
    await settle(running, setting);
    const [recovered] = await recover(bench, running, { step, moment, pace: plan.pace, scans: 1 });
    return recovered!;
  };
  const named = (setting: Setting, moment: Moment) => `${contender.settings[setting]}; ${WORDS[moment]}`;
  return {
    name: contender.name,
    modelSeconds: ORDER.reduce((sum, step) => sum + stepMs(step, plan.pace), 0) / 1000,
    used: () => coreSeconds(contender.server.pid) + coreSeconds(running.worker.pid),
    alone: () => scanAlone(bench, running, plan.pace),
    together: () => scansTogether(bench, running, plan.atOnce, plan.quickPace),
    kills: {
      [named('tuned', 'middle')]: kill('tuned', 'middle'),
      [named('tuned', 'shown')]: kill('tuned', 'shown'),
      ...(contender.settings.defaults &&
        !contender.takesMinutes && { [named('defaults', 'middle')]: kill('defaults', 'middle') }),
    },
  };
}

export function productOf(product: Product, plan: Plan): Contestant {
  return {
    name: "today's product, with photos",
    modelSeconds: (stepMs('estimation', plan.pace) + stepMs('insights', plan.pace)) / 1000,
    used: product.used,
    alone: product.alone,
    together: () => product.together(plan.productAtOnce),
    kills: {
      [`heartbeat 14 s; ${WORDS.middle}`]: (step) =>
        product.recover(PRODUCT_HIT[HIT.indexOf(step) % PRODUCT_HIT.length]!, 'middle'),
      // What shows insights shows the end, too.
      [`heartbeat 14 s; ${WORDS.shown}`]: () => product.recover('estimation', 'shown'),
    },
  };
}

/** Measures all of them. Calls `note` with what is going on. */
export async function takeTurns(
  contestants: readonly Contestant[],
  plan: Plan,
  note: (line: string) => void,
): Promise<{ figures: Figures[]; load: number[] }> {
  const load: number[] = [];
  const measured = contestants.map((contestant) => ({
    contestant,
    alone: [] as Alone[],
    idle: [] as number[],
    together: [] as Together[],
    recoveries: {} as Record<string, Recovered[]>,
  }));
  const inTurn = async (
    what: string,
    rounds: number,
    turn: (one: (typeof measured)[number], round: number) => Promise<void>,
  ) => {
    for (let round = 0; round < rounds; round += 1) {
      note(`${what}, ${round + 1} of ${rounds}`);
      // Who comes first changes, so that none always follows the same other.
      const first = round % measured.length;
      for (const one of [...measured.slice(first), ...measured.slice(0, first)]) {
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        await turn(one, round);
        load.push(loadavg()[0]!);
      }
    }
  };

  await inTurn('warming up', 2, async ({ contestant }) => void (await contestant.alone()));
  const rested = new Map<Contestant, { at: number; used: number }>();
  await inTurn('a scan alone', plan.alone, async ({ contestant, alone, idle }) => {
    const rest = rested.get(contestant);
    if (rest) idle.push((contestant.used() - rest.used) / ((performance.now() - rest.at) / 1000));
    alone.push(await contestant.alone());
    rested.set(contestant, { at: performance.now(), used: contestant.used() });
  });
  await inTurn('many at once', plan.rounds, async ({ contestant, together }) => {
    together.push(await contestant.together());
  });
  await inTurn('killed workers', plan.kills, async ({ contestant, recoveries }, round) => {
    for (const [how, kill] of Object.entries(contestant.kills)) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      (recoveries[how] ??= []).push(await kill(HIT[round % HIT.length]!));
    }
  });
  const figures = measured.map(({ contestant: { name, modelSeconds }, ...rest }) => ({
    name,
    modelSeconds,
    ...rest,
  }));
  return { figures, load };
}
