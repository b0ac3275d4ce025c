/** A workflow that asks twice, before and after a signal, by which build it is run. */

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
