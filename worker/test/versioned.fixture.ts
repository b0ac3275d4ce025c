/** A workflow that asks, before and after a signal, which build runs it. */

import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';

export const goOn = defineSignal('goOn');

export async function versionedWorkflow(): Promise<string[]> {
  const { build } = proxyActivities<{ build(): Promise<string> }>({ startToCloseTimeout: '10s' });
  let going = false;
  setHandler(goOn, () => {
    going = true;
  });
  const first = await build();
  await condition(() => going);
  return [first, await build()];
}
