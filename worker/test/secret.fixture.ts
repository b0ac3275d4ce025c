/** A workflow that passes a secret through inputs, signals, queries, activities and failures, and then fails with it. */

import {
  ApplicationFailure,
  condition,
  defineQuery,
  defineSignal,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow';

export const told = defineSignal<[string]>('told');
export const asked = defineQuery<string>('asked');

export interface SecretActivities {
  repeated(text: string): Promise<string>;
  failing(text: string): Promise<never>;
}

/** Throws a failure that contains what it was given and what it was told by signal. */
export async function secretWorkflow(given: string): Promise<never> {
  const { repeated, failing } = proxyActivities<SecretActivities>({
    startToCloseTimeout: '10s',
    retry: { maximumAttempts: 1 },
  });
  let heard: string | undefined;
  setHandler(told, (text) => {
    heard = text;
  });
  setHandler(asked, () => `${given}, ${heard}`);
  await condition(() => heard !== undefined);
  const result = await repeated(heard!);
  const failure = await failing(result).catch((error: unknown) => error as Error);
  throw ApplicationFailure.create({
    type: 'SecretError',
    message: `${given}, ${(failure.cause as Error).message}`,
    details: [given],
    cause: failure,
  });
}
