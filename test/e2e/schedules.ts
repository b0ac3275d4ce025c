/** Runs the daily schedules at once. */

import { expect, vi } from 'vitest';
import type { World } from './world.ts';

/** Triggers a schedule now. Resolves with the result of the workflow that it starts, once that has ended. */
export async function triggered(
  { servers: { temporal } }: Pick<World, 'servers'>,
  scheduleId: string,
): Promise<unknown> {
  const schedule = temporal.schedule.getHandle(scheduleId);
  const before = (await schedule.describe()).info.recentActions.length;
  await schedule.trigger();
  const started = await vi.waitFor(async () => {
    const { recentActions } = (await schedule.describe()).info;
    expect(recentActions.length).toBeGreaterThan(before);
    return recentActions.at(-1)!.action;
  }, 20_000);
  const { workflowId, firstExecutionRunId } = started.workflow;
  return temporal.workflow.getHandle(workflowId, firstExecutionRunId).result();
}
