/** Does Cloud Scheduler's part: the functions emulator loads scheduled functions and never runs them. */

import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cron } from 'croner';
import { parse } from 'yaml';
import { z } from 'zod';
import { repositoryRoot } from '../../../repository.ts';
import type { StackFile } from '../stack-file.ts';

/** The manifest that a deployment makes of the functions; a test checks that the file is up to date. */
const MANIFEST = 'deploy/functions.manifest.yaml';

const manifest = z.object({
  endpoints: z.record(
    z.string(),
    z.object({
      scheduleTrigger: z.object({ schedule: z.string(), timeZone: z.string().optional() }).optional(),
    }),
  ),
});

export interface ScheduledFunction {
  readonly name: string;
  /** When the function runs, as a cron(5) expression. */
  readonly cron: string;
  readonly timeZone: string;
}

/** Every scheduled function. Throws for a schedule that is worded in a way that cronOf does not know. */
export function scheduledFunctions(): ScheduledFunction[] {
  const { endpoints } = manifest.parse(parse(readFileSync(join(repositoryRoot, MANIFEST), 'utf8')));
  return Object.entries(endpoints).flatMap(([name, { scheduleTrigger: trigger }]) =>
    trigger ? [{ name, cron: cronOf(trigger.schedule), timeZone: trigger.timeZone ?? 'UTC' }] : [],
  );
}

/**
 * The cron(5) expression of one of Cloud Scheduler's wordings (App Engine's cron.yaml). It knows those that the functions
 * use, `every 5 minutes` and `every day 04:00`, and throws for any other.
 */
export function cronOf(schedule: string): string {
  const everyMinutes = /^every ([1-9]\d?) minutes$/.exec(schedule);
  if (everyMinutes && 60 % Number(everyMinutes[1]) === 0) return `*/${everyMinutes[1]} * * * *`;
  const everyDay = /^every day ([01]\d|2[0-3]):([0-5]\d)$/.exec(schedule);
  if (everyDay) return `${Number(everyDay[2])} ${Number(everyDay[1])} * * *`;
  throw new Error(`the local stack does not know when "${schedule}" is; teach it in scheduled-functions.ts`);
}

type Functions = Pick<StackFile, 'functions' | 'projectId' | 'region'>;

/** Runs a scheduled function now. Resolves once it is over. Throws when it failed. */
export async function runScheduled({ functions, projectId, region }: Functions, name: string): Promise<void> {
  // The emulator names a trigger `<region>-<function>-<how often the functions were reloaded>`.
  const url = `http://${functions}/functions/projects/${projectId}/triggers/${region}-${name}-0`;
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: '{}' });
  if (!answer.ok) throw new Error(`${name} failed (${answer.status}): ${await answer.text()}`);
  await answer.body?.cancel();
}

/**
 * Runs each function at its times until the returned function is called, and never twice at the same time.
 * `scheduled-functions.log` says first when each runs next, and then what became of each run. One that fails is not
 * repeated before its next time, as with Cloud Scheduler.
 */
export function startScheduled(
  scheduled: readonly ScheduledFunction[],
  functions: Functions,
  logs: string,
): () => void {
  const tell = (line: string) =>
    appendFileSync(join(logs, 'scheduled-functions.log'), `${new Date().toISOString()} ${line}\n`);
  const jobs = scheduled.map(({ name, cron, timeZone }) => {
    const job = new Cron(cron, { timezone: timeZone, protect: true }, async () => {
      const outcome = await runScheduled(functions, name).then(
        () => 'ran',
        (error: Error) => `failed: ${error.message}`,
      );
      tell(`${name} ${outcome}`);
    });
    tell(`${name} runs next at ${job.nextRun()?.toISOString()}`);
    return job;
  });
  return () => jobs.forEach((job) => job.stop());
}
