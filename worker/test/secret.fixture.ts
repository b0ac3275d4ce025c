/** A workflow through which a secret goes every way there is, and which fails with it in the end. */

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

/** Throws what it was given and told. */
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
