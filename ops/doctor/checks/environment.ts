/** Checks the worker's environment by reading it as the worker does. */

import { isLoopback } from '@reddyfit/shared/temporal/settings';
import { readEnv } from '../../../worker/src/env.ts';
import { type Check, type Finding, ok, problem, warning } from '../check.ts';

export const environment: Check = {
  name: 'environment',
  async run({ env, kind }) {
    let values: ReturnType<typeof readEnv>;
    try {
      values = readEnv(env);
    } catch (error) {
      const [, ...problems] = (error as Error).message.split('\n');
      return problems.map((line) => problem(line.trim(), "Set it as the README's table of variables says."));
    }
    if (kind === 'stack') return ok('as the stack gives it to its workers');
    const findings: Finding[] = [];
    if (isLoopback(values.temporal.address)) {
      findings.push(
        problem(`TEMPORAL_ADDRESS is ${values.temporal.address}`, 'Name the server that the workers use.'),
      );
    }
    if (!values.encryption.encrypts) {
      findings.push(
        warning(
          'what Temporal keeps is not encrypted',
          'Set PAYLOAD_ENCRYPTION_KEYS on functions and workers.',
        ),
      );
    }
    if (!values.deployment) {
      findings.push(
        warning(
          'workers are not versioned',
          'Set WORKER_DEPLOYMENT_NAME and WORKER_BUILD_ID, or a new build takes over scans that it did not begin.',
        ),
      );
    }
    const elsewhere = [
      'FIRESTORE_EMULATOR_HOST',
      'PUBSUB_EMULATOR_HOST',
      'FIREBASE_AUTH_EMULATOR_HOST',
    ].filter((name) => env[name]);
    if (elsewhere.length > 0) {
      findings.push(problem(`${elsewhere.join(', ')} is set`, 'Unset it: it leads away from production.'));
    }
    return findings.length > 0 ? findings : ok('complete');
  },
};
