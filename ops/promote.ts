/** `npm run promote`: makes a build of the worker current, and waits until no earlier build has a workflow left. */

import { parseArgs } from 'node:util';
import { makeCurrent, untilDrained } from '../worker/src/platform/deployment.ts';
import { temporalOfEnvironment } from './own-clients.ts';
import { valuesOr } from './usage.ts';

const USAGE = `npm run promote -- --deployment NAME --build-id ID [--wait] [--timeout SECONDS]

  New workflows begin under the build; those that run stay with theirs. --wait returns once no other build has any left,
  when its workers can be ended. The timeout (default 3600 s) also bounds the wait for the build's workers to appear.
  Temporal is reached by the same TEMPORAL_* variables as the worker's.`;

/** A week: what a build has begun ends within two days. A timer of Node's holds no more than 24 days. */
const MOST_SECONDS = 604_800;

const say = (line: string) => void process.stdout.write(`${line}\n`);

const values = valuesOr(USAGE, () => {
  const { values: given } = parseArgs({
    options: {
      deployment: { type: 'string', default: '' },
      'build-id': { type: 'string', default: '' },
      wait: { type: 'boolean', default: false },
      timeout: { type: 'string', default: '3600' },
      help: { type: 'boolean', default: false },
    },
  });
  if (given.help) return given;
  if (!given.deployment || !given['build-id']) throw new Error('--deployment and --build-id are needed');
  if (!/^[1-9]\d{0,5}$/.test(given.timeout) || Number(given.timeout) > MOST_SECONDS)
    throw new Error(`--timeout takes whole seconds from 1 to ${MOST_SECONDS}`);
  return given;
});
const { deployment: deploymentName, 'build-id': buildId } = values;
const seconds = Number(values.timeout);

const { connection, namespace } = await temporalOfEnvironment();
const options = {
  namespace,
  deploymentName,
  signal: AbortSignal.timeout(seconds * 1000),
};
try {
  const before = await makeCurrent(connection, options, buildId);
  say(`${deploymentName}: ${buildId} is current${before && before !== buildId ? `, after ${before}` : ''}`);
  if (values.wait) {
    let said = '';
    await untilDrained(connection, options, before === buildId ? null : before, (draining) => {
      const line = `waiting for workflows of ${draining.join(', ')}`;
      if (line !== said) say(line);
      said = line;
    });
    say('no other build has workflows left');
  }
} catch (error) {
  if (!options.signal.aborted) throw error;
  say(`given up after ${seconds} s`);
  process.exitCode = 1;
} finally {
  await connection.close();
}
